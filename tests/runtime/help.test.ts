import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { addExamples } from '../../src/cli/examples.ts';

/** The commands that do something, with the words that call them. */
function leaves(command: Command, words: string): { words: string; command: Command }[] {
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((each) => leaves(each, `${words} ${each.name()}`));
}

const program = new Command('sandai');
for (const add of commands)
  add(program, {
    settings: () => {
      throw new Error('help needs no settings');
    },
    out: () => undefined,
    note: () => undefined,
  });
addExamples(program);

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

test.each(leaves(program, 'npx sandai'))('$words has an example in its help', ({ words, command }) => {
  expect(helpOf(command)).toMatch(new RegExp(`^  ${words}( |$)`, 'm'));
});
