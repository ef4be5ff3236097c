import { createHash, randomBytes } from 'node:crypto';
import type { Reply } from '../../dialect/dialect.ts';
import { itemText } from '../../dialect/text.ts';
import type { Item } from '../../json/json.ts';
import { Problem } from '../../problem.ts';
import { remember } from '../../remember.ts';
import { lastModified } from '../../store/session.ts';
import type { Call } from '../call.ts';

/** Tells the states of this process from those of another. */
const PROCESS = randomBytes(4).toString('base64url');

const hash = (text: string): string => `"${createHash('sha1').update(text).digest('base64url')}"`;
const tags = new WeakMap<Item, string>();

/** A strong validator (RFC 9110, 8.8.3): the same for the same item, another for any other. */
export const itemTag = (item: Item): string =>
  typeof item === 'object' && item !== null
    ? remember(tags, item, () => hash(itemText(item)))
    : hash(JSON.stringify(item));

/** Whether a list of entity tags names one. `*` names any. Weakly compared, where that is enough. */
function names(header: string, tag: string, weakly: boolean): boolean {
  if (header.trim() === '*') return true;
  const listed = header.match(/(W\/)?"[^"]*"/g) ?? [];
  return listed.some((one) => (weakly ? one.replace(/^W\//, '') === tag.replace(/^W\//, '') : one === tag));
}

/** A date header in whole seconds; undefined where it is absent or no date, as RFC 9110 asks. */
function seconds(header: string): number | undefined {
  const moment = Date.parse(header);
  return header === '' || Number.isNaN(moment) ? undefined : Math.floor(moment / 1000);
}

const modifiedSeconds = (item: Item): number | undefined => {
  const date = lastModified(item);
  return date && Math.floor(date.getTime() / 1000);
};

/** The validator that a client was given for an item: the dialect's own, or ours. */
const tagOf = (call: Call, item: Item): string =>
  call.live.dialect.conventions.answers.etags
    ? itemTag(item)
    : (call.live.dialect.item(item, call).headers.ETag ?? itemTag(item));

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

const listTag = ({ session }: Call): string => `"${PROCESS}-${session.version}"`;

/** RFC 9110, 13.1.5: of another state than the one that If-Range names, a range is no use, and all is sent. */
export function checkRange(call: Call): void {
  const condition = call.header('if-range');
  if (condition !== '' && condition !== listTag(call)) delete call.ctx.req.headers.range;
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

/** Gives an answer its validators, and answers 304 where the client has it already. */
export function withValidators(call: Call, reply: Reply): Reply {
  const own = reply.headers.ETag;
  if (own !== undefined)
    return call.isRead && reply.status === 200 && isFresh(call, own, undefined)
      ? { status: 304, headers: reply.headers }
      : reply;
  if (!call.live.dialect.conventions.answers.etags || reply.body === undefined || reply.status >= 300)
    return reply;
  const { item } = call;
  const { isRead } = call;
  // What a write to a list answers is not the list.
  if (item === undefined && !isRead) return reply;
  const tag = tagOfReply(call, reply.body, reply.headers);
  const modified = item === undefined ? undefined : lastModified(item);
  const headers = {
    ...reply.headers,
    ETag: tag,
    ...(modified ? { 'Last-Modified': modified.toUTCString() } : {}),
  };
  const match = call.header('if-match');
  if (isRead && match !== '' && !names(match, tag, false))
    throw new Problem('precondition-failed', 'this is not what If-Match names', { headers: { ETag: tag } });
  if (isRead && reply.status === 200 && isFresh(call, tag, modified))
    return { status: 304, headers: { ...headers } };
  return { ...reply, headers };
}

/** Another representation has a validator of its own (RFC 9110, 8.8.3). */
function tagOfReply(call: Call, body: string, headers: Reply['headers']): string {
  const isJson = headers['Content-Type']?.startsWith('application/json') ?? true;
  if (!isJson) return hash(body);
  if (call.item === undefined) return listTag(call);
  return call.query === '' ? itemTag(call.item) : hash(body);
}

function isFresh(call: Call, tag: string, modified: Date | undefined): boolean {
  const noneMatch = call.header('if-none-match');
  if (noneMatch !== '') return names(noneMatch, tag, true);
  const since = seconds(call.header('if-modified-since'));
  return since !== undefined && modified !== undefined && Math.floor(modified.getTime() / 1000) <= since;
}
