import { setTimeout as sleep } from 'node:timers/promises';
import { sourcesOf } from '../inputs.ts';
import type { LogLine, Options } from '../options/options.ts';
import type { Settings } from '../options/settings.ts';
import { type Watcher, watch } from '../sources/watch.ts';

const HALF_WRITTEN_MS = 50;

/** Reloads as files are saved. A file that cannot be read is told once, and again when it can. */
export async function startWatching(
  { settings, options }: { readonly settings: Settings; readonly options: Options },
  filesRead: () => Iterable<string>,
  reload: () => Promise<void>,
  log: (line: LogLine) => void,
): Promise<Watcher | undefined> {
  const paths = sourcesOf(settings).filter((source) => typeof source === 'string');
  const files = [options.config, settings.routes].filter((file) => file !== undefined);
  if (paths.length + files.length === 0) return undefined;
  let broken: string | undefined;
  const onChange = async () => {
    try {
      // What cannot be read may be half written still: it is read once more before anyone is told.
      await reload().catch(() => sleep(HALF_WRITTEN_MS).then(reload));
      if (broken !== undefined) log({ level: 'info', text: 'the files can be read again' });
      broken = undefined;
    } catch (error) {
      const text = String(error);
      if (text !== broken) log({ level: 'error', text: `${text}\n  The last good state keeps serving.` });
      broken = text;
    }
  };
  const onError = ({ message }: Error) => log({ level: 'warn', text: `files cannot be watched: ${message}` });
  return watch(paths, settings.schemas, () => [...files, ...filesRead()], onChange, onError);
}
