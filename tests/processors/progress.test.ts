import { expect, test } from 'vitest';
import { progressDisplay, progressLine } from '../../src/cli/progress.ts';

const half = { events: 250_000, total: 500_000, eventsPerSecond: 110_000, etaSeconds: 2.3 };

test('a line tells how far, how fast and how long still', () => {
  expect(progressLine(half)).toBe('50 %  250,000 of 500,000 events  110,000/s  3 s left');
  expect(progressLine({ events: 0, total: 0, eventsPerSecond: 0, etaSeconds: null })).toBe(
    '100 %  0 of 0 events  0/s  time left unknown',
  );
  expect(progressLine({ ...half, etaSeconds: 125 })).toContain('2 min 5 s left');
});

test('a terminal shows one line in place, another stream a plain line now and then', () => {
  const shown = (isTTY: boolean) => {
    const written: string[] = [];
    let nowMs = 0;
    const display = progressDisplay({ isTTY, columns: 80, write: (text) => written.push(text) }, () => nowMs);
    for (let second = 0; second < 12; second += 1) {
      nowMs = second * 1_000;
      display.show(half);
    }
    display.end();
    return written;
  };
  const terminal = shown(true);
  expect(terminal).toHaveLength(13);
  expect(terminal[0]).toContain('[===============               ] 50 %');
  expect(terminal.at(-1)).toBe('\n');
  expect(shown(false)).toEqual([`${progressLine(half)}\n`, `${progressLine(half)}\n`]);
});
