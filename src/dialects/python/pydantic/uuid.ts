import { pythonUuid, showUuid } from '../uuid.ts';
import { badText, type Fault } from './fault.ts';

const GROUPS = [8, 4, 4, 4, 12];

/** With or without hyphens, in braces, or as a URN. */
export function readUuid(text: string): string | Fault {
  const braced = /^\{(.*)\}$/s.exec(text)?.[1];
  const inner = braced ?? text.replace(/^urn:uuid:/, '');
  const letters = [...inner];
  const stranger = letters.findIndex((letter) => !/[0-9a-f-]/i.test(letter));
  if (stranger !== -1)
    return badText('uuid', `invalid character: found \`${letters[stranger]}\` at ${stranger + 1}`);
  const groups = inner.split('-');
  if (groups.length === 1 && braced === undefined) {
    const found = inner.length;
    return found === 32
      ? showUuid(inner)
      : badText('uuid', `invalid length: expected length 32 for simple format, found ${found}`);
  }
  if (groups.length !== 5 && inner.length !== 32)
    return badText('uuid', `invalid group count: expected 5, found ${groups.length}`);
  const wrong = groups.length === 5 ? groups.findIndex((group, i) => group.length !== GROUPS[i]) : -1;
  if (wrong !== -1) {
    const [wanted, found] = [GROUPS[wrong], groups[wrong]?.length];
    return badText('uuid', `invalid group length in group ${wrong}: expected ${wanted}, found ${found}`);
  }
  return showUuid(groups.join(''));
}

/** Python's own reading: hyphens may stand anywhere, the digits count. */
export const readLooseUuid = (text: string): string | Fault => pythonUuid(text) ?? badText('uuid');
