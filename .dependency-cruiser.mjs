// For editors and for `npx depcruise`; `npm run check` goes through tools/check-imports.ts.
import { cruiseOptions, importRules, resolveOptions } from './tools/import-rules.ts';

export default {
  forbidden: importRules,
  options: {
    ...cruiseOptions,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: resolveOptions,
  },
};
