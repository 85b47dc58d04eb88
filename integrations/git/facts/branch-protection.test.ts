import { expect, it } from 'vitest';
import { branchProtection } from './branch-protection.ts';
import { observe } from './scope.test-helper.ts';

const seen = (path: string, source: string) => observe(branchProtection, { [path]: source });

it('reads what the settings app is told of the main branch', () => {
  const settings = `branches:
  - name: release
    protection: null
  - name: main
    protection:
      required_pull_request_reviews: { required_approving_review_count: 2 }
      required_status_checks: { contexts: [build], checks: [{ context: test }, { context: build }] }
`;
  expect(seen('.github/settings.yml', settings)).toEqual({
    value: { declared: true, requiredReviews: 2, requiredChecks: ['build', 'test'] },
    path: '.github/settings.yml',
  });
});

it('reads what Apache’s projects declare', () => {
  const asf =
    'github:\n  protected_branches:\n    main:\n      required_pull_request_reviews: { dismiss_stale_reviews: true }\n';
  expect(seen('.asf.yaml', asf)?.value).toEqual({ declared: true, requiredReviews: 1 });
  expect(seen('.asf.yaml', 'github:\n  protected_branches:\n    main: {}\n')?.value).toEqual({
    declared: true,
  });
});

it('reads rulesets', () => {
  const rules = [
    { type: 'pull_request', parameters: { required_approving_review_count: 1 } },
    { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'ci' }] } },
  ];
  const path = '.github/rulesets/main.json';
  expect(seen(path, JSON.stringify({ target: 'branch', enforcement: 'active', rules }))?.value).toEqual({
    declared: true,
    requiredReviews: 1,
    requiredChecks: ['ci'],
  });
  expect(seen(path, JSON.stringify({ target: 'branch', enforcement: 'disabled', rules }))?.value).toEqual({
    declared: false,
  });
});

it('says that a file protects nothing, and nothing without one', () => {
  expect(seen('.github/settings.yml', 'branches: [{ name: main, protection: null }]')?.value).toEqual({
    declared: false,
  });
  expect(seen('.github/settings.yml', 'repository: { name: x }')).toBeUndefined();
  expect(seen('.github/settings.yml', 'branches: [')).toBeUndefined();
});
