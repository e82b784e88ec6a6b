const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const COLUMNS = ['runs', 'rightEnd', 'clearStop', 'wrong'];
const HEADS = ['runs', 'right end', 'clear stop', 'wrong'];
const MODES = ['static', 'living'];

/** Prints how many scenarios of each kind have ended in which way, over all files of tests. */
module.exports = class TableReporter {
  onRunStart() {
    this.folder = mkdtempSync(join(tmpdir(), 'recovery-tally-'));
    process.env.RECOVERY_TALLY_FOLDER = this.folder;
    this.startedAt = Date.now();
  }

  onRunComplete() {
    const counts = {};
    for (const file of readdirSync(this.folder)) {
      for (const [key, count] of Object.entries(JSON.parse(readFileSync(join(this.folder, file), 'utf8')))) {
        counts[key] ??= Object.fromEntries(COLUMNS.map(column => [column, 0]));
        for (const column of COLUMNS) counts[key][column] += count[column];
      }
    }
    rmSync(this.folder, { recursive: true });
    process.stdout.write(`\n${tableOf(counts, Math.round((Date.now() - this.startedAt) / 1000))}\n`);
  }
};

function tableOf(counts, seconds) {
  const kinds = [...new Set(Object.keys(counts).map(key => key.slice(key.indexOf(' ') + 1)))].sort();
  const cells = kind => MODES.flatMap(mode => COLUMNS.map(column => counts[`${mode} ${kind}`]?.[column] ?? 0));
  const rows = kinds.map(kind => [kind, ...cells(kind)]);
  const sums = MODES.flatMap((_, m) => COLUMNS.map((__, c) => rows.reduce((sum, row) => sum + row[1 + m * COLUMNS.length + c], 0)));
  const total = sums[0] + sums[COLUMNS.length];
  const wrong = sums[3] + sums[COLUMNS.length + 3];
  const lines = [
    ['scenario', ...MODES.flatMap(mode => HEADS.map((head, i) => (i === 0 ? `${mode}: ${head}` : head)))],
    ['---', ...MODES.flatMap(() => HEADS.map(() => '---:'))],
    ...rows,
    ['all', ...sums],
  ];
  return [...lines.map(line => `| ${line.join(' | ')} |`), '', `${total} recovery scenarios in ${seconds} s, ${wrong} of them wrong`].join(
    '\n',
  );
}
