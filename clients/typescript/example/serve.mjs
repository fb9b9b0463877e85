// Serves this package's files to a browser on this machine: the example, and the modules it uses.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
};

/**
 * @param port 0 for any
 */
export async function serve(port) {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      const file = resolve(root, `.${decodeURIComponent(pathname)}`);
      const type = types[extname(file)];
      if (type === undefined || relative(root, file).split(sep).includes("..")) {
        throw new Error("not served");
      }
      response.writeHead(200, { "content-type": type }).end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.env.PORT ?? 8080));
  console.log(`Open ${url}example/index.html while Weir runs.`);
}
