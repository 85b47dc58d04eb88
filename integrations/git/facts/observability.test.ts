import { expect, it } from 'vitest';
import { observability } from './observability.ts';
import { observe } from './scope.test-helper.ts';

const said = (files: Record<string, string>) => observe(observability, files)?.value;

it.each([
  [
    'package.json',
    '{"dependencies":{"pino":"1","@opentelemetry/sdk-trace-node":"1","prom-client":"1","pinot":"1"}}',
    'pino',
    '@opentelemetry/sdk-trace-node',
    'prom-client',
  ],
  [
    'go.mod',
    'module x\nrequire (\n\tgo.uber.org/zap v1.0.0\n\tgo.opentelemetry.io/otel v1.0.0\n\tgithub.com/prometheus/client_golang v1.0.0\n)\n',
    'go.uber.org/zap',
    'go.opentelemetry.io/otel',
    'github.com/prometheus/client_golang',
  ],
  [
    'requirements.txt',
    'structlog==1\nOpenTelemetry_SDK==1\nprometheus.client==1\n',
    'structlog',
    'opentelemetry-sdk',
    'prometheus-client',
  ],
  [
    'build.gradle',
    "implementation 'ch.qos.logback:logback-classic:1'\nimplementation 'io.opentelemetry:opentelemetry-api:1'\nimplementation 'io.micrometer:micrometer-registry-prometheus:1'\n",
    'ch.qos.logback:logback-classic',
    'io.opentelemetry:opentelemetry-api',
    'io.micrometer:micrometer-registry-prometheus',
  ],
  [
    'Gemfile',
    "gem 'lograge'\ngem 'opentelemetry-sdk'\ngem 'prometheus-client'\n",
    'lograge',
    'opentelemetry-sdk',
    'prometheus-client',
  ],
  [
    'composer.json',
    '{"require":{"monolog/monolog":"3","open-telemetry/sdk":"1","promphp/prometheus_client_php":"2"}}',
    'monolog/monolog',
    'open-telemetry/sdk',
    'promphp/prometheus_client_php',
  ],
  [
    'mix.exs',
    'use Mix.Project\ndef deps do\n[{:logger_json, "~> 1"}, {:opentelemetry, "~> 1"}, {:prom_ex, "~> 1"}]\nend\n',
    'logger_json',
    'opentelemetry',
    'prom_ex',
  ],
  [
    'X.csproj',
    '<Project><ItemGroup><PackageReference Include="Serilog.AspNetCore" Version="1"/><PackageReference Include="OpenTelemetry" Version="1"/><PackageReference Include="prometheus-net" Version="1"/></ItemGroup></Project>',
    'Serilog.AspNetCore',
    'OpenTelemetry',
    'prometheus-net',
  ],
])('knows those of %s', (path, source, logging, tracing, metrics) => {
  expect(observe(observability, { [path]: source })).toEqual({
    value: { logging: [logging], tracing: [tracing], metrics: [metrics] },
    path,
  });
});

it('counts what does several things under each', () => {
  expect(said({ 'Cargo.toml': '[package]\nname="x"\n[dependencies]\ntracing="0.1"\n' })).toEqual({
    logging: ['tracing'],
    tracing: ['tracing'],
    metrics: [],
  });
});

it.each([
  ['main.go', 'import (\n\t"log/slog"\n)', 'log/slog'],
  ['app.py', 'import os, logging\n', 'logging'],
  ['A.java', 'import lombok.extern.slf4j.Slf4j;', 'org.slf4j'],
  ['A.cs', 'public A(ILogger<A> logger)', 'Microsoft.Extensions.Logging'],
  ['a.ex', '  require Logger\n', 'Logger'],
])('sees in %s what comes with the language', (path, source, name) => {
  expect(said({ [path]: source })?.logging).toEqual([name]);
});

it('finds nothing in what only sounds so', () => {
  expect(
    said({
      'package.json': '{"dependencies":{"express":"4"}}',
      'app.py': '# import logging\n',
      'a_test.go': '"log/slog"',
    }),
  ).toEqual({
    logging: [],
    tracing: [],
    metrics: [],
  });
  expect(said({ 'README.md': 'import logging' })).toBeUndefined();
});

it('counts what a build takes over from others of the repository', () => {
  const project = (content: string) => `<Project><ItemGroup>${content}</ItemGroup></Project>`;
  const net = {
    'src/Api/Api.csproj': project('<ProjectReference Include="..\\Defaults\\Defaults.csproj" />'),
    'src/Defaults/Defaults.csproj': project('<PackageReference Include="OpenTelemetry" Version="1" />'),
  };
  expect(observe(observability, net, { folder: 'src/Api' })?.value.tracing).toEqual(['OpenTelemetry']);
  const java = {
    'pom.xml':
      '<project><artifactId>all</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency></dependencies></project>',
    'api/pom.xml':
      '<project><artifactId>api</artifactId><parent><artifactId>all</artifactId></parent></project>',
  };
  expect(observe(observability, java, { folder: 'api' })?.value.metrics).toEqual([
    'org.springframework.boot:spring-boot-starter-actuator',
  ]);
  const gradle = {
    'build.gradle': "subprojects {\n  implementation 'org.slf4j:slf4j-api:2'\n}",
    'api/build.gradle': '',
  };
  expect(observe(observability, gradle, { folder: 'api' })?.value.logging).toEqual(['org.slf4j:slf4j-api']);
});

it('knows what frameworks of the JVM bring along', () => {
  const pom = (...artifacts: string[]) =>
    `<project><artifactId>x</artifactId><dependencies>${artifacts
      .map((one) => one.split(':'))
      .map(
        ([group, id]) => `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId></dependency>`,
      )
      .join('')}</dependencies></project>`;
  expect(said({ 'pom.xml': pom('org.springframework.boot:spring-boot-starter-web') })).toMatchObject({
    logging: ['org.springframework.boot:spring-boot-starter-web'],
    tracing: [],
  });
  expect(
    said({ 'pom.xml': pom('org.springframework.cloud:spring-cloud-starter-netflix-eureka-server') })?.logging,
  ).toHaveLength(1);
  expect(said({ 'pom.xml': pom('io.quarkus:quarkus-rest') })?.logging).toHaveLength(1);
  expect(said({ 'pom.xml': pom('org.springframework:spring-core') })?.logging).toEqual([]);
  expect(said({ 'pom.xml': pom('com.google.cloud:spring-cloud-gcp-starter-trace') })?.tracing).toHaveLength(
    1,
  );
});
