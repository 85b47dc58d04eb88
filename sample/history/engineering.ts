/** Engineering: the organisation itself, data, identity and the platform. */

import type { RepositoryHistory } from './shape.ts';

export const engineering: readonly RepositoryHistory[] = [
  {
    name: 'org',
    changes: [
      [
        '1100d',
        'alex.rivera',
        'Who we are, as descriptors',
        'README.md catalog-info.yaml departments.yaml teams/ledger.yaml',
      ],
      ['1098d', 'greta.nilsson', 'All teams', 'teams/'],
      ['1060d', 'kofi.mensah', 'Domains and systems', 'domains.yaml systems.yaml'],
      ['700d', 'greta.nilsson', 'Check joiners', '.github/workflows/ check.sh'],
      ['395d', 'oskar.lind', 'The loyalty team ends', 'README.md'],
      ['60d', 'alex.rivera', 'Owners per team file', '*'],
      ['11d', 'leo.fontaine', 'Say who may be asked about a team', 'README.md'],
    ],
  },
  {
    name: 'engineering-handbook',
    changes: [
      ['1400d', 'oskar.lind', 'A handbook', 'README.md docs/index.md docs/reviews.md docs/languages.md'],
      ['1302d', 'alex.rivera', 'On call', 'docs/on-call.md docs/incidents.md'],
      [
        '1005d',
        'greta.nilsson',
        'Read it in the portal',
        'mkdocs.yml=mkdocs-first.yml catalog-info.yaml CODEOWNERS',
      ],
      [
        '1000d',
        'oskar.lind',
        'Write decisions down',
        'docs/decisions/0003-repository-for-a-team.md docs/decisions/0005-trunk.md',
      ],
      ['640d', 'kofi.mensah', 'Six languages', 'docs/decisions/0007-six-languages.md docs/languages.md'],
      ['220d', 'leila.farouk', 'Undo first, understand later', 'docs/incidents.md'],
      ['72d', 'alex.rivera', 'Standards with levels', 'docs/standards.md docs/index.md'],
      [
        '70d',
        'greta.nilsson',
        'Docs live beside the code',
        'docs/decisions/0008-docs-beside-code.md docs/writing.md mkdocs.yml snippets/ docs/incidents.md',
      ],
      ['6d', 'greta.nilsson', 'A first week', 'docs/first-week.md README.md *'],
    ],
  },
  {
    name: 'data-warehouse',
    changes: [
      ['1310d', 'zoe.martens', 'Orders, staged', 'dbt_project.yml models/staging/ models/sources.yml'],
      ['1290d', 'arjun.patel', 'Orders, with what was paid', 'models/core/'],
      ['900d', 'kateryna.bondar', 'Sales by day', 'models/marts/ README.md'],
      ['480d', 'zoe.martens', 'Freshness and owners', 'models/sources.yml CODEOWNERS .github/'],
      ['100d', 'tara.singh', 'Who reads it', 'models/exposures.yml dbt_project.yml'],
      ['9d', 'arjun.patel', 'Orders without payment count too', 'models/core/orders.sql README.md *'],
    ],
  },
  {
    name: 'ingest-pipelines',
    changes: [
      ['1300d', 'daniel.kim', 'Orders each hour', 'README.md dags/orders_hourly.py requirements.txt'],
      ['1110d', 'kateryna.bondar', 'Payments each night', 'dags/payments_nightly.py CODEOWNERS'],
      ['850d', 'daniel.kim', 'Into the catalog', 'catalog-info.yaml docs/index.md'],
      ['310d', 'isabel.moreau', 'Clicks', 'streams/ tests/ .github/'],
      ['55d', 'daniel.kim', 'What to do when an hour is missing', 'docs/ requirements.txt'],
      ['4d', 'kateryna.bondar', 'Load what was extracted', 'dags/orders_hourly.py README.md *'],
    ],
  },
  {
    name: 'events-schema',
    changes: [
      ['1350d', 'zoe.martens', 'Events as protobuf', 'README.md buf.yaml proto/orders.proto pom.xml'],
      ['1200d', 'arjun.patel', 'Money', 'proto/ CODEOWNERS LICENSE'],
      ['770d', 'zoe.martens', 'Watch for breaks', '.github/ catalog-info.yaml'],
      ['390d', 'ana.ruiz', 'Orders, version 2', 'proto/orders.proto CHANGELOG.md'],
      ['36d', 'karin.holm', 'The parcel of an order', 'proto/orders.proto CHANGELOG.md pom.xml'],
      ['35d', 'zoe.martens', 'One owner per event', 'README.md *'],
    ],
    tags: { 'v3.7.0': 4, 'v3.8.2': 5 },
  },
  {
    name: 'feature-store',
    changes: [
      ['470d', 'arjun.patel', 'Features by shopper', 'pyproject.toml feature_store/definitions.py'],
      ['455d', 'arjun.patel', 'Serve them', 'feature_store/ Dockerfile docker-compose.yml'],
      ['380d', 'isabel.moreau', 'Young accounts', 'feature_store/definitions.py README.md'],
      ['80d', 'arjun.patel', 'Follow dagster', 'pyproject.toml *'],
    ],
  },
  {
    name: 'demand-forecast',
    changes: [
      ['130d', 'isabel.moreau', 'How many rakes', 'forecast.py requirements.txt'],
      ['118d', 'isabel.moreau', 'What I tried', 'notebooks/ forecast.py'],
      ['90d', 'isabel.moreau', 'Put it where people find it', 'catalog-info.yaml *'],
    ],
  },
  {
    name: 'identity',
    changes: [
      ['1780d', 'simon.achterberg', 'Accounts', 'README.md go.mod cmd/ Makefile'],
      ['1771d', 'leila.farouk', 'Tokens', 'internal/ CODEOWNERS'],
      ['1602d', 'patrick.doyle', 'Pipeline and image', '.github/ Dockerfile LICENSE'],
      ['1130d', 'ewa.nowak', 'Purposes', 'api/ docs/privacy.md'],
      [
        '960d',
        'simon.achterberg',
        'Into the catalog',
        'catalog-info.yaml mkdocs.yml docs/index.md docs/sign-in.md',
      ],
      ['520d', 'leila.farouk', 'Runbook', 'docs/runbook.md SECURITY.md'],
      ['150d', 'patrick.doyle', 'Keys are random', 'internal/token/'],
      ['45d', 'ewa.nowak', 'Sign-in in three steps', 'docs/sign-in.md docs/privacy.md'],
      ['14d', 'deps-bot', 'Build with Go 1.24.5', 'go.mod Dockerfile'],
      ['6h', 'leila.farouk', 'Publish keys', 'cmd/ README.md *'],
    ],
    tags: { 'v3.4.0': 7, 'v3.5.0': 9 },
  },
  {
    name: 'session-gateway',
    changes: [
      ['860d', 'patrick.doyle', 'From cookie to shopper', 'README.md Cargo.toml src/'],
      ['850d', 'leila.farouk', 'Configuration', 'docs/ Dockerfile CODEOWNERS'],
      ['520d', 'patrick.doyle', 'Into the catalog', 'catalog-info.yaml .github/'],
      ['188d', 'ewa.nowak', 'One of several cookies', 'src/cookie.rs'],
      ['38d', 'patrick.doyle', '2.2.7', 'Cargo.toml README.md src/main.rs *'],
    ],
    tags: { 'v2.2.7': 5 },
  },
  {
    name: 'platform-terraform',
    changes: [
      ['1600d', 'ivan.petrov', 'Cluster shop', 'README.md clusters/ CODEOWNERS'],
      ['1590d', 'kofi.mensah', 'Databases', 'databases/ .github/'],
      ['1210d', 'ivan.petrov', 'The lake', 'buckets/'],
      ['800d', 'alex.rivera', 'Into the catalog', 'catalog-info.yaml catalog/'],
      ['333d', 'ivan.petrov', 'Product images', 'buckets/ docs/'],
      ['49d', 'kofi.mensah', 'More nodes for autumn', 'clusters/shop.tf databases/orders.tf README.md'],
      ['2d', 'ivan.petrov', 'Encrypt the orders database', 'databases/orders.tf *'],
    ],
  },
  {
    name: 'kubernetes-config',
    changes: [
      [
        '950d',
        'kofi.mensah',
        'What runs in shop',
        'README.md kustomization.yaml apps/search.yaml apps/image-resizer.yaml',
      ],
      ['598d', 'wei.zhang', 'Recommendations', 'apps/recommendations.yaml'],
      ['350d', 'noor.haddad', 'GraphQL', 'apps/catalog-graphql.yaml'],
      ['39d', 'ivan.petrov', 'Owners', 'CODEOWNERS *'],
      ['6d', 'noor.haddad', 'search-api 1.14.2', 'apps/search.yaml apps/catalog-graphql.yaml'],
    ],
  },
  {
    name: 'service-templates',
    changes: [
      ['560d', 'greta.nilsson', 'A Go service', 'README.md go-service/'],
      ['551d', 'greta.nilsson', 'Into the catalog', 'catalog-info.yaml CODEOWNERS LICENSE'],
      ['300d', 'alex.rivera', 'A documentation site', 'docs-site/'],
      ['84d', 'kofi.mensah', 'Try a template', 'try.sh README.md'],
      ['61d', 'greta.nilsson', 'What every service has', 'service-common/ typescript-service/'],
      ['33d', 'kofi.mensah', 'Python and Java', 'python-service/ java-service/'],
      ['12d', 'greta.nilsson', 'Previews for a few hours', 'preview-environment/ *'],
    ],
  },
  {
    name: 'status-page',
    branch: 'master',
    changes: [
      ['1190d', 'contractor', 'Status page', 'index.html style.css package.json'],
      ['1188d', 'contractor', 'Look every minute', 'status.js'],
      ['1150d', 'contractor', 'Green', 'style.css status.js'],
    ],
  },
  {
    name: 'parcel-chat',
    changes: [
      ['777d', 'ben.carter', 'hack week', 'index.js package.json README.md'],
      ['776d', 'mei.lin', 'it answers', 'index.js'],
      ['776d', 'ben.carter', 'docker', 'Dockerfile index.js'],
    ],
  },
];
