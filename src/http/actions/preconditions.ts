import type { Item } from '../../json/json.ts';
import { Problem } from '../../problem.ts';
import type { Call } from '../call.ts';
import { itemTag, listTag, modifiedSeconds, names, seconds } from '../tags.ts';

/** The validator that a client was given for an item: the dialect's own, or ours. */
const tagOf = (call: Call, item: Item): string =>
  call.live.dialect.conventions.answers.etags
    ? itemTag(item)
    : ([call.live.dialect.item(item, call).headers.ETag].flat()[0] ?? itemTag(item));

/** RFC 9110, 13.2.2: whether a write may go on, given the item as it is now, or undefined where there is none. */
export function checkPreconditions(call: Call, stored: Item | undefined): void {
  const { settings, show } = call.live;
  const [match, noneMatch] = [call.header('if-match'), call.header('if-none-match')];
  const since = seconds(call.header('if-unmodified-since'));
  if (match === '' && noneMatch === '' && since === undefined && !settings.requireMatch) return;
  const tag = stored !== undefined && call.resource ? tagOf(call, show(call.resource, stored)) : undefined;
  const failed = (message: string) =>
    new Problem('precondition-failed', message, {
      hint: 'Read it again, and send its ETag in If-Match.',
      ...(tag ? { headers: { ETag: tag } } : {}),
    });
  if (match !== '' && (tag === undefined || !names(match, tag, false)))
    throw failed('the item is not the one that If-Match names');
  const modified = stored === undefined ? undefined : modifiedSeconds(stored);
  if (match === '' && since !== undefined && modified !== undefined && modified > since)
    throw failed('the item was changed since');
  if (noneMatch !== '' && tag !== undefined && names(noneMatch, tag, true))
    throw failed('there is such an item already');
  if (settings.requireMatch && match === '' && since === undefined && tag !== undefined) {
    throw new Problem('precondition-required', 'a change must say which state of the item it is about', {
      hint: `Send If-Match: ${tag}`,
      headers: { ETag: tag },
    });
  }
}

/** The same for a write to a list, whose state is the session's. */
export function checkListPreconditions(call: Call): void {
  const [match, tag] = [call.header('if-match'), listTag(call)];
  if (match !== '' && !names(match, tag, false))
    throw new Problem('precondition-failed', 'the list is not the one that If-Match names', {
      hint: 'Read it again, and send its ETag in If-Match.',
      headers: { ETag: tag },
    });
  if (call.live.settings.requireMatch && match === '' && call.action !== 'create')
    throw new Problem('precondition-required', 'a change must say which state of the list it is about', {
      hint: `Send If-Match: ${tag}`,
      headers: { ETag: tag },
    });
}
