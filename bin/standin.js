#!/usr/bin/env node
// Every Node must be able to read this file, as a script or as a module, so that one that is too old can say so: it is
// written in ES5, and what only newer ones understand stands in a text.
var needed = [20, 19];
var found = process.versions.node.split('.').map(Number);
if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error('standin needs Node ' + needed.join('.') + ' or newer; this is ' + process.version + '.');
  process.exit(1);
} else {
  new Function('path', 'return import(path)')('../dist/cli/main.js');
}
