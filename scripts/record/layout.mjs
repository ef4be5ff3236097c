// JSON laid out for diffs: what fits on a line is one, and all else has a line for each of its values.

const WIDTH = 160;

export function layout(value, indent = '') {
  const line = JSON.stringify(value, null, 1).replace(/\n */g, ' ');
  if (typeof value !== 'object' || value === null || line.length + indent.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((one) => layout(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${layout(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${indent}${close}`;
}
