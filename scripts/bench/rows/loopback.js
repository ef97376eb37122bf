// A server in a thread of its own that answers every request with the same 200, so that a client's cost can be timed.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(workerData) });
    response.end(workerData);
  });
});
server.listen(0, "127.0.0.1", () => parentPort?.postMessage(server.address()));
