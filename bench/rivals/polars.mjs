// polars.mjs compute DATA.csv THREADS ROUNDS [OUT.csv], or csv DATA OUT: Polars, through Node.
// POLARS_MAX_THREADS says with how many threads.
import pl from 'nodejs-polars';

const col = pl.col, lit = pl.lit;

// name, numerator, denominator, corners, weights of a director and of an account manager
const card = [
  ['strategic_share', col('strategic_revenue'), col('total_revenue'),
    [[0.10, 0], [0.25, 60], [0.40, 100]], 0.20, 0.10],
  ['clv', col('annual_revenue').sub(col('service_cost')).mul(col('retention')), col('clv_target'),
    [[0, 0], [0.8, 60], [1, 85], [1.2, 100]], 0.15, 0.10],
  ['nps', null, col('surveyed'), [[-0.2, 0], [0.3, 60], [0.7, 100]], 0.15, 0.30],
  ['closure', col('closure_hours'), col('issues'),
    [[24, 100], [48, 80], [72, 60], [120, 0]], 0.10, 0.10],
  ['per_head', col('strategic_revenue'), col('headcount').mul(col('effective_months')).div(12),
    [[0, 0], [500000, 60], [1000000, 100]], 0.10, 0.10],
  ['delivery', col('compliant_projects'), col('delivered_projects'),
    [[0.70, 0], [0.85, 60], [0.95, 90], [1, 100]], 0.10, 0.20],
  ['talent_growth', col('key_talent_end').sub(col('key_talent_start')), col('headcount_start'),
    [[-0.10, 0], [0.05, 60], [0.20, 100]], 0.10, 0.05],
  ['proposal_conversion', col('adopted_proposals'), col('total_proposals'),
    [[0, 0], [0.30, 60], [0.60, 100]], 0.10, 0.05],
];
const figures = ['strategic_revenue', 'total_revenue', 'annual_revenue', 'service_cost',
  'retention', 'clv_target', 'promoters', 'detractors', 'surveyed', 'closure_hours', 'issues',
  'headcount', 'effective_months', 'compliant_projects', 'delivered_projects', 'key_talent_end',
  'key_talent_start', 'headcount_start', 'adopted_proposals', 'total_proposals',
  'opening_customers', 'lost_customers', 'bribery_cases'];
const texts = ['manager_id', 'quarter', 'role', 'region'];

function value([name, numerator, denominator]) {
  const quotient = name === 'nps'
    ? col('promoters').div(col('surveyed')).sub(col('detractors').div(col('surveyed')))
    : numerator.div(denominator);
  return pl.when(denominator.eq(0)).then(lit(null)).otherwise(quotient).alias(name);
}

function points([name, , , corners]) {
  const x = col(name);
  let chain = pl.when(x.isNull()).then(lit(null)).when(x.lt(corners[0][0])).then(lit(corners[0][1]));
  for (let i = 0; i + 1 < corners.length; ++i) {
    const [x0, y0] = corners[i], [x1, y1] = corners[i + 1];
    chain = chain.when(x.lt(x1)).then(x.sub(x0).mul((y1 - y0) / (x1 - x0)).add(y0));
  }
  return chain.otherwise(lit(corners.at(-1)[1])).cast(pl.Float64).alias(`${name}.points`);
}

const weight = ([, , , , director, manager]) =>
  pl.when(col('manager')).then(lit(manager)).otherwise(lit(director));
const add = (a, b) => a.add(b);
const sum = card.map((i) => weight(i).mul(col(`${i[0]}.points`)).fillNull(0)).reduce(add);
const weights = card.map((i) => pl.when(col(i[0]).isNull()).then(lit(0)).otherwise(weight(i))).reduce(add);
const capped = pl.when(col('delivery').lt(0.85).and(col('mean').gt(79.9))).then(lit(79.9))
  .otherwise(col('mean'));
const score = pl.when(col('bribery_cases').gt(0)).then(lit(0))
  .otherwise(col('capped').mul(100).add(0.5).floor().div(100)).alias('score');
const down = pl.when(col('opening_customers').sub(col('lost_customers'))
  .div(col('opening_customers')).mul(-1).add(1).gt(0.05)).then(lit(1)).otherwise(lit(0));
let steps = lit(0);
for (const step of [90, 80, 70, 60]) {
  steps = steps.add(pl.when(col('score').lt(step)).then(lit(1)).otherwise(lit(0)));
}
let grade = pl.when(col('score').isNull()).then(lit(null));
['S', 'A', 'B', 'C'].forEach((letter, i) => {
  grade = grade.when(col('steps').eq(i)).then(lit(letter));
});
grade = grade.otherwise(lit('D')).alias('grade');

function scored(data) {
  return data
    .withColumns(...card.map(value), col('role').eq(lit('account_manager')).alias('manager'))
    .withColumns(...card.map(points))
    .withColumns(sum.div(pl.when(weights.gt(0)).then(weights).otherwise(lit(null))).alias('mean'))
    .withColumns(capped.alias('capped'))
    .withColumns(score)
    .withColumns(steps.add(down).alias('steps'))
    .withColumns(grade)
    .select('manager_id', 'quarter', ...card.map((i) => i[0]), ...card.map((i) => `${i[0]}.points`),
      'score', 'grade');
}

const schema = Object.fromEntries(
  [...texts.map((name) => [name, pl.String]), ...figures.map((name) => [name, pl.Float64])]);
const [verb, data, ...rest] = process.argv.slice(2);
if (verb === 'compute') {
  const table = pl.readCSV(data, { schema });
  let result;
  for (let round = Number(rest[1]); round > 0; --round) {
    const start = process.hrtime.bigint();
    result = scored(table.lazy()).collectSync();
    console.log((Number(process.hrtime.bigint() - start) / 1e9).toFixed(6));
  }
  if (rest[2]) result.writeCSV(rest[2]);
} else if (verb === 'csv') {
  scored(pl.readCSV(data, { schema }).lazy()).collectSync().writeCSV(rest[0]);
} else if (verb === 'stream') {
  await scored(pl.scanCSV(data, { schema })).sinkCSV(rest[0]).collect();
}
