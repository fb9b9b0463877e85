{{- define "weir.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "weir.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "weir.labels" -}}
{{ include "weir.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "weir.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "weir.secret" -}}
{{ .Values.secret.name | default (include "weir.name" .) }}
{{- end -}}

{{/* The settings of Weir: those of the values, over what follows from other values. */}}
{{- define "weir.config" -}}
{{- $config := dict -}}
{{- if .Values.tls.secretName -}}
{{- $tls := dict "certificate" "/etc/weir/tls/tls.crt" "key" "/etc/weir/tls/tls.key" -}}
{{- $config = dict "http" (dict "tls" $tls) "grpc" (dict "tls" (deepCopy $tls)) -}}
{{- end -}}
{{ mergeOverwrite $config (deepCopy .Values.config) | toYaml }}
{{- end -}}

{{/* Whole seconds of a duration as Weir writes it, rounded up. */}}
{{- define "weir.seconds" -}}
{{- $count := regexFind "^[0-9]+" . | int -}}
{{- if regexMatch "^[0-9]+s$" . -}}
{{ $count }}
{{- else if regexMatch "^[0-9]+ms$" . -}}
{{ div (add $count 999) 1000 }}
{{- else if regexMatch "^[0-9]+m$" . -}}
{{ mul $count 60 }}
{{- else if regexMatch "^1h$" . -}}
3600
{{- else -}}
{{ fail (printf "config.drain-timeout needs a duration in ms, s or m, such as 10s, not %s" .) }}
{{- end -}}
{{- end -}}

{{/* The Java machine as the image starts it, with the flags of the values. */}}
{{- define "weir.command" -}}
- /opt/java/bin/java
- "@/opt/weir/java.flags"
- "@/opt/weir/image.flags"
{{- if not (regexMatch "-XX:\\+Use[A-Za-z0-9]+GC( |$)" (join " " .Values.java.options)) }}
- -XX:+UseParallelGC
{{- end }}
{{- range .Values.java.options }}
- {{ . | quote }}
{{- end }}
- -cp
- "@/opt/weir/jib-classpath-file"
- dev.weir.proxy.Main
{{- end -}}

{{- define "weir.container" -}}
image: {{ include "weir.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /etc/weir/config
    readOnly: true
  - name: secrets
    mountPath: /etc/weir/secrets
    readOnly: true
  {{- if .Values.tls.secretName }}
  - name: tls
    mountPath: /etc/weir/tls
    readOnly: true
  {{- end }}
  {{- if .Values.map.volume }}
  - name: map
    mountPath: /maps
    readOnly: true
  {{- end }}
  - name: graph
    mountPath: /var/lib/weir/graph
    readOnly: {{ not .Values.graph.import }}
  # Libraries of Netty are unpacked there, and recordings pass through it.
  - name: tmp
    mountPath: /tmp
{{- end -}}
