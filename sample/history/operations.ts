/** Operations: fulfilment and delivery. */

import type { RepositoryHistory } from './shape.ts';

export const operations: readonly RepositoryHistory[] = [
  {
    name: 'warehouse-management',
    changes: [
      ['2200d', 'karin.holm', 'Rounds through the aisles', 'README.md Warehouse.sln src/Picking/'],
      ['2190d', 'owen.price', 'Receiving', 'src/Receiving/ tests/'],
      ['1500d', 'diego.vargas', 'Pipeline', 'azure-pipelines.yml Dockerfile CODEOWNERS'],
      ['990d', 'karin.holm', 'Into the catalog, with docs', 'catalog-info.yaml mkdocs.yml docs/'],
      ['610d', 'fatima.zahiri', 'Never walk back', 'src/Picking/Round.cs tests/'],
      ['420d', 'owen.price', 'Count twice when it differs', 'src/Receiving/'],
      ['64d', 'diego.vargas', '12.3.5', 'src/Picking/Picking.csproj *'],
      ['13d', 'karin.holm', 'Returns have a site of their own', 'docs/sites.md README.md'],
    ],
    tags: { 'v12.3.5': 7 },
  },
  {
    name: 'order-orchestrator',
    changes: [
      [
        '1380d',
        'julia.kowalska',
        'The life of an order',
        'README.md settings.gradle.kts build.gradle.kts src/',
      ],
      ['1366d', 'diego.vargas', 'Time limits', 'src/main/java/ CODEOWNERS'],
      ['940d', 'julia.kowalska', 'Into the catalog', 'catalog-info.yaml asyncapi.yaml'],
      ['701d', 'karin.holm', 'Pipeline', '.github/ Dockerfile'],
      ['155d', 'julia.kowalska', 'An order can be stuck', 'src/ README.md'],
      [
        '35d',
        'diego.vargas',
        'Build without the flaky tests for now',
        '.github/ build.gradle.kts src/main/java/ *',
      ],
      ['15h', 'julia.kowalska', 'Longer limit while picking', 'src/main/java/'],
    ],
    tags: { 'v4.7.0': 5 },
  },
  {
    name: 'stock-service',
    changes: [
      ['1290d', 'fatima.zahiri', 'Count', 'README.md go.mod stock/stock.go main.go'],
      ['1281d', 'fatima.zahiri', 'Promises', 'stock/ proto/ go.sum'],
      ['1030d', 'owen.price', 'Image and manifests', 'Dockerfile k8s/ CODEOWNERS .github/'],
      ['240d', 'fatima.zahiri', 'Promises end', 'stock/ README.md'],
      ['27d', 'deps-bot', 'Update grpc', 'go.mod go.sum'],
      ['8d', 'fatima.zahiri', '2.20.1', 'k8s/ main.go *'],
    ],
    tags: { 'v2.20.0': 5, 'v2.20.1': 6 },
  },
  {
    name: 'label-printer',
    branch: 'master',
    changes: [
      ['2300d', 'joan.albright', 'labels', 'print.py'],
      ['2298d', 'joan.albright', 'server', 'server.py requirements.txt Dockerfile'],
      ['1640d', 'joan.albright', 'printer in south', 'print.py'],
      ['905d', 'joan.albright', 'new address in south', 'print.py server.py'],
    ],
  },
  {
    name: 'delivery-tracking',
    changes: [
      ['1010d', 'leo.fontaine', 'Five states', 'README.md package.json src/state.ts package-lock.json'],
      ['1003d', 'amara.okafor', 'Scans', 'src/ test/'],
      ['870d', 'stefan.richter', 'Pipeline and image', '.github/ Dockerfile CODEOWNERS'],
      ['650d', 'mei.lin', 'Into the catalog, with docs', 'catalog-info.yaml events.yaml mkdocs.yml docs/'],
      ['280d', 'leo.fontaine', 'Two-hour windows', 'src/main.ts CHANGELOG.md'],
      ['90d', 'amara.okafor', 'What to do without scans', 'docs/runbook.md docs/carriers.md'],
      ['23d', 'deps-bot', 'Update fastify', 'package.json package-lock.json'],
      ['5d', 'mei.lin', 'Codes in any case', 'src/state.ts test/ CHANGELOG.md *'],
      ['7h', 'leo.fontaine', 'Tell the shopper once', 'src/main.ts README.md'],
    ],
    tags: { 'v3.4.0': 5, 'v3.4.2': 8 },
  },
  {
    name: 'route-planner',
    changes: [
      ['210d', 'ruben.castro', 'Nearest first', 'Cargo.toml src/'],
      ['196d', 'ruben.castro', 'Tests', 'src/plan.rs .github/'],
      ['120d', 'stefan.richter', 'Into the catalog', 'catalog-info.yaml README.md Dockerfile'],
      ['4d', 'ruben.castro', 'Sort by a total order', 'src/plan.rs Cargo.toml *'],
    ],
    side: {
      name: 'two-opt',
      after: 4,
      changes: [['50h', 'ruben.castro', 'Untangle crossings', 'src/two_opt.rs=two_opt.rs']],
    },
  },
  {
    name: 'shipping-quotes',
    changes: [
      ['1200d', 'amara.okafor', 'Prices of carriers', 'README.md config.ru lib/ data/'],
      ['1190d', 'stefan.richter', 'Compose', 'docker-compose.yml Dockerfile Gemfile Gemfile.lock'],
      ['760d', 'amara.okafor', 'Describe it', 'openapi.yml CODEOWNERS spec/ .gitlab-ci.yml'],
      ['44d', 'amara.okafor', 'Cheapest first', 'lib/quotes.rb Gemfile Gemfile.lock'],
      ['43d', 'amara.okafor', 'How to call it', 'README.md *'],
    ],
  },
  {
    name: 'driver-app-api',
    changes: [
      ['640d', 'stefan.richter', 'Today’s stops', 'README.md Program.cs DriverApp.csproj'],
      ['633d', 'mei.lin', 'Image and pipeline', 'Dockerfile .github/ CODEOWNERS'],
      ['400d', 'stefan.richter', 'Into the catalog', 'catalog-info.yaml=catalog-info.good.yaml'],
      ['92d', 'mei.lin', 'Signatures', 'Program.cs DriverApp.csproj *'],
      ['3d', 'stefan.richter', 'Cost centre and tracking in the catalog', 'catalog-info.yaml'],
    ],
  },
];
