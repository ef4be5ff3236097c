// Preloaded into a server that would listen on every interface: it listens on loopback alone.
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, Number(port), '127.0.0.1', rest.at(-1));
};
