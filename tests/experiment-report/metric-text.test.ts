import { expect, test } from 'vitest';
import { metricOf } from '../../src/experiment-report/metric-text.ts';

test.each([
  ['retention_7', { metric: 'retention_7' }],
  ['crashes:mean:lower', { metric: 'crashes', kind: 'mean', better: 'lower' }],
  ['back:share:goal:higher', { metric: 'back', kind: 'share', role: 'goal', better: 'higher' }],
  ['retention_1:guardrail=0.01', { metric: 'retention_1', role: 'guardrail', margin: 0.01 }],
  ['bought:event=item_bought', { metric: 'bought', source: { event: 'item_bought', measure: null, withinS: 604_800 } }],
  [
    'spent:event=item_bought:measure=price:within=86400:mean',
    { metric: 'spent', kind: 'mean', source: { event: 'item_bought', measure: 'price', withinS: 86_400 } },
  ],
])('%s asks for a metric', (text, metric) => expect(metricOf(text)).toEqual(metric));

test.each([
  ['', /^It starts with the name/],
  ['7days', /^It starts with the name/],
  ['back:worse', /"worse" is none of/],
  ['back:toString', /"toString" is none of/],
  ['back:guardrail=0', /margin above 0/],
  ['back:guardrail=', /"guardrail=" is none of/],
  ['back:event=', /"event=" is none of/],
  ['back:event=a:within=2592001', /2592000 seconds/],
  ['back:event=a:within=0', /"within=0" is none of/],
  ['back:measure=price', /add event=<name>/],
])('"%s" says what is wrong', (text, message) => expect(() => metricOf(text)).toThrow(message));
