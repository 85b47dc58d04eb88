import type { Detector } from '../detector.ts';
import { airflow } from './airflow.ts';
import { aspire } from './aspire.ts';
import { asyncapi } from './asyncapi.ts';
import { cargo } from './cargo.ts';
import { codeowners } from './codeowners.ts';
import { compose } from './compose.ts';
import { composer } from './composer.ts';
import { dagster } from './dagster.ts';
import { dbt } from './dbt.ts';
import { dockerfile } from './dockerfile.ts';
import { dotnet } from './dotnet.ts';
import { gemfile } from './gemfile.ts';
import { githubActions } from './github-actions.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { goMod } from './go-mod.ts';
import { gradle } from './gradle.ts';
import { graphqlSchema } from './graphql-schema.ts';
import { helm } from './helm.ts';
import { jenkinsfile } from './jenkinsfile.ts';
import { kubernetes } from './kubernetes.ts';
import { maven } from './maven.ts';
import { mix } from './mix.ts';
import { openapi } from './openapi.ts';
import { packageDependencies } from './package-dependencies.ts';
import { packageJson } from './package-json.ts';
import { protobufFiles } from './protobuf.ts';
import { python } from './python.ts';
import { serviceCalls } from './service-calls.ts';
import { spring } from './spring.ts';
import { terraform } from './terraform.ts';

/** Every detector, in no order that matters. A new one is a file in this folder and a line here. */
export const detectors: readonly Detector[] = [
  airflow,
  aspire,
  asyncapi,
  cargo,
  codeowners,
  compose,
  composer,
  dagster,
  dbt,
  dockerfile,
  dotnet,
  gemfile,
  githubActions,
  gitlabCi,
  goMod,
  gradle,
  graphqlSchema,
  helm,
  jenkinsfile,
  kubernetes,
  maven,
  mix,
  openapi,
  packageDependencies,
  packageJson,
  protobufFiles,
  python,
  serviceCalls,
  spring,
  terraform,
];
