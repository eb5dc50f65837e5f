// zen.mjs compute DATA.csv 1 ROUNDS [OUT.csv]: the ZEN engine, one decision a row, through Node.
import { readFileSync, writeFileSync } from 'node:fs';
import { ZenEngine } from '@gorules/zen-engine';

// name, formula, denominator, corners, weights of a director and of an account manager
const card = [
  ['strategic_share', 'strategic_revenue / total_revenue', 'total_revenue',
    [[0.10, 0], [0.25, 60], [0.40, 100]], 0.20, 0.10],
  ['clv', '(annual_revenue - service_cost) * retention / clv_target', 'clv_target',
    [[0, 0], [0.8, 60], [1, 85], [1.2, 100]], 0.15, 0.10],
  ['nps', 'promoters / surveyed - detractors / surveyed', 'surveyed',
    [[-0.2, 0], [0.3, 60], [0.7, 100]], 0.15, 0.30],
  ['closure', 'closure_hours / issues', 'issues',
    [[24, 100], [48, 80], [72, 60], [120, 0]], 0.10, 0.10],
  ['per_head', 'strategic_revenue / (headcount * effective_months / 12)', 'headcount * effective_months',
    [[0, 0], [500000, 60], [1000000, 100]], 0.10, 0.10],
  ['delivery', 'compliant_projects / delivered_projects', 'delivered_projects',
    [[0.70, 0], [0.85, 60], [0.95, 90], [1, 100]], 0.10, 0.20],
  ['talent_growth', '(key_talent_end - key_talent_start) / headcount_start', 'headcount_start',
    [[-0.10, 0], [0.05, 60], [0.20, 100]], 0.10, 0.05],
  ['proposal_conversion', 'adopted_proposals / total_proposals', 'total_proposals',
    [[0, 0], [0.30, 60], [0.60, 100]], 0.10, 0.05],
];
const used = (formula) => [...new Set(formula.match(/[a-z_]+/g))];
const known = (formula) => used(formula).map((name) => `${name} != null`).join(' and ');

function points(name, corners) {
  let text = `${corners.at(-1)[1]}`;
  for (let i = corners.length - 1; i >= 0; --i) {
    const [x, y] = corners[i];
    const below = i === 0 ? `${y}` : (() => {
      const [x0, y0] = corners[i - 1];
      return `${y0} + ($.${name} - (${x0})) * (${(y - y0) / (x - x0)})`;
    })();
    text = `($.${name} < (${x}) ? ${below} : ${text})`;
  }
  return `$.${name} == null ? null : ${text}`;
}

const expressions = [];
const assign = (key, value) => expressions.push({ id: `e${expressions.length}`, key, value });
for (const [name, formula, denominator, corners, director, manager] of card) {
  assign(name, `(${known(formula)}) ? ((${denominator}) != 0 ? ${formula} : null) : null`);
  assign(`p_${name}`, points(name, corners));
  assign(`w_${name}`, `$.${name} == null ? 0 : (role == 'account_manager' ? ${manager} : ${director})`);
}
assign('total', card.map(([name]) => `$.w_${name}`).join(' + '));
assign('mean', '$.total > 0 ? ('
  + card.map(([name]) => `($.${name} == null ? 0 : $.w_${name} * $.p_${name})`).join(' + ')
  + ') / $.total : null');
assign('capped', '$.mean == null ? null : ($.delivery != null and $.delivery < 0.85 and $.mean > 79.9 ? 79.9 : $.mean)');
assign('score', 'bribery_cases != null and bribery_cases > 0 ? 0 : ($.capped == null ? null : floor($.capped * 100 + 0.5) / 100)');
assign('down', '(opening_customers != null and lost_customers != null and opening_customers != 0) ? '
  + '(1 - (opening_customers - lost_customers) / opening_customers > 0.05 ? 1 : 0) : 0');
assign('steps', '$.score == null ? 9 : ($.score >= 90 ? 0 : $.score >= 80 ? 1 : $.score >= 70 ? 2 : $.score >= 60 ? 3 : 4) + $.down');
assign('grade', "$.score == null ? null : ($.steps == 0 ? 'S' : $.steps == 1 ? 'A' : $.steps == 2 ? 'B' : $.steps == 3 ? 'C' : 'D')");

const decision = new ZenEngine().createDecision({
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    { id: 'card', type: 'expressionNode', name: 'card', position: { x: 1, y: 0 },
      content: { expressions } },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'card', type: 'edge' },
    { id: 'b', sourceId: 'card', targetId: 'out', type: 'edge' },
  ],
});

const [data, , rounds, out] = process.argv.slice(3);
const [heading, ...lines] = readFileSync(data, 'utf8').trimEnd().split('\n');
const names = heading.split(',');
const rows = lines.map((line) => Object.fromEntries(line.split(',').map(
  (cell, i) => [names[i], i < 4 ? cell : cell === '' ? null : Number(cell)])));
let results = [];
for (let round = Number(rounds); round > 0; --round) {
  const start = process.hrtime.bigint();
  results = [];
  for (const row of rows) results.push((await decision.evaluate(row)).result);
  console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
}
if (out) {
  const answers = [...card.map(([name]) => name), ...card.map(([name]) => `p_${name}`), 'score', 'grade'];
  const title = (name) => (name.startsWith('p_') ? `${name.slice(2)}.points` : name);
  writeFileSync(out, ['manager_id,quarter,' + answers.map(title).join(','), ...rows.map((row, i) =>
    [row.manager_id, row.quarter, ...answers.map((name) => results[i][name] ?? '')].join(','))].join('\n') + '\n');
}
