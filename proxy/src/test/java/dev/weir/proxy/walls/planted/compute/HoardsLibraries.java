package dev.weir.proxy.walls.planted.compute;

import build.buf.protovalidate.Validator;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.graphhopper.util.shapes.GHPoint;
import com.nimbusds.jose.JWSObject;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.opentelemetry.api.trace.SpanContext;
import io.prometheus.metrics.core.metrics.Histogram;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

record HoardsLibraries(
    Channel netty,
    CircuitBreaker breaker,
    Counter counter,
    Histogram histogram,
    Yaml yaml,
    CommandLine commandLine,
    JsonFactory json,
    LoggerContext log,
    GHPoint point,
    Status status,
    Validator rules,
    JWSObject token,
    Cache<String, String> cache,
    SpanContext span) {}
