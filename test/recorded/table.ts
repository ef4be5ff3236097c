import { recordings } from './recording.ts';
import { skips } from './skips.ts';

/** What was recorded of which version, and where standin answers otherwise. */
export function recorded(): string {
  const rows = recordings.map(({ name, setup, topics }) => {
    const count = topics.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
    const skipped = Object.keys(skips[name] ?? {}).length;
    return `| ${setup.backend} | \`${setup.config.dialect}\` | ${count} | ${count - skipped} |`;
  });
  const others = recordings.flatMap(({ name, setup }) => {
    const reasons = Object.entries(skips[name] ?? {}).map(([exchange, why]) => `| ${exchange} | ${why} |`);
    return reasons.length === 0
      ? []
      : [
          `### ${setup.backend}`,
          '',
          '| exchange | answered otherwise, because |',
          '|---|---|',
          ...reasons,
          '',
        ];
  });
  return [
    '| backend | dialect | exchanges | answered the same |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...others,
  ]
    .join('\n')
    .trim();
}
