/**
 * Libraries that write logs, traces or metrics, as their registries name them. `*` at the end stands for any
 * other ending. What does several of these stands under each. Frameworks that log through a library which they bring
 * along (Spring Boot: Logback, Quarkus: JBoss Logging) stand under logging with all that makes an application of theirs.
 */
import type { Ecosystem } from './manifest.ts';

export type Signal = 'logging' | 'tracing' | 'metrics';

export const LIBRARIES: Readonly<Record<Ecosystem, Readonly<Record<Signal, string>>>> = {
  npm: {
    logging:
      'winston pino bunyan log4js loglevel signale tslog consola roarr nestjs-pino pino-http express-winston morgan @google-cloud/logging* @elastic/ecs-* @aws-lambda-powertools/logger @opentelemetry/sdk-logs @datadog/browser-logs electron-log react-native-logs',
    tracing:
      '@opentelemetry/api @opentelemetry/sdk-node @opentelemetry/sdk-trace-* @opentelemetry/auto-instrumentations-* @opentelemetry/instrumentation* @opentelemetry/exporter-trace-* @vercel/otel dd-trace elastic-apm-node @elastic/apm-rum* newrelic applicationinsights @azure/monitor-opentelemetry* zipkin zipkin-* jaeger-client opentracing aws-xray-sdk* @aws-lambda-powertools/tracer @google-cloud/trace-agent @google-cloud/opentelemetry-cloud-trace-exporter @sentry/* @honeycombio/* lightstep-* @splunk/otel',
    metrics:
      'prom-client express-prom-bundle @willsoto/nestjs-prometheus fastify-metrics @opentelemetry/sdk-metrics* @opentelemetry/exporter-metrics-* @opentelemetry/exporter-prometheus hot-shots node-statsd statsd-client dogstatsd lynx appmetrics* datadog-metrics newrelic applicationinsights @azure/monitor-opentelemetry* elastic-apm-node @aws-lambda-powertools/metrics aws-embedded-metrics',
  },
  go: {
    logging:
      'go.uber.org/zap github.com/sirupsen/logrus github.com/rs/zerolog github.com/go-kit/log github.com/go-kit/kit github.com/golang/glog k8s.io/klog* github.com/apex/log github.com/inconshreveable/log15* github.com/hashicorp/go-hclog github.com/charmbracelet/log github.com/go-logr/logr github.com/phuslu/log github.com/samber/slog-* go.opentelemetry.io/otel/log* go.opentelemetry.io/otel/sdk/log cloud.google.com/go/logging',
    tracing:
      'go.opentelemetry.io/otel go.opentelemetry.io/otel/sdk go.opentelemetry.io/otel/trace go.opentelemetry.io/otel/exporters/otlp/otlptrace* go.opentelemetry.io/contrib/instrumentation/* github.com/opentracing/opentracing-go github.com/openzipkin/zipkin-go* github.com/uber/jaeger-client-go gopkg.in/DataDog/dd-trace-go* github.com/DataDog/dd-trace-go* go.elastic.co/apm* github.com/newrelic/go-agent* github.com/aws/aws-xray-sdk-go* contrib.go.opencensus.io/* go.opencensus.io github.com/getsentry/sentry-go github.com/honeycombio/*',
    metrics:
      'github.com/prometheus/client_golang go.opentelemetry.io/otel/metric go.opentelemetry.io/otel/sdk/metric go.opentelemetry.io/otel/exporters/prometheus go.opentelemetry.io/otel/exporters/otlp/otlpmetric* github.com/DataDog/datadog-go* github.com/armon/go-metrics github.com/hashicorp/go-metrics github.com/rcrowley/go-metrics github.com/VictoriaMetrics/metrics github.com/cactus/go-statsd-client* github.com/smira/go-statsd go.opencensus.io github.com/go-kit/kit go.elastic.co/apm* github.com/newrelic/go-agent* github.com/uber-go/tally*',
  },
  cargo: {
    logging:
      'log tracing tracing-subscriber env_logger slog fern log4rs simple_logger flexi_logger pretty_env_logger defmt',
    tracing:
      'tracing tracing-opentelemetry opentelemetry opentelemetry_sdk opentelemetry-otlp opentelemetry-jaeger opentelemetry-zipkin fastrace minitrace sentry sentry-tracing',
    metrics:
      'metrics metrics-exporter-* prometheus prometheus-client axum-prometheus actix-web-prom opentelemetry-prometheus cadence dogstatsd',
  },
  pypi: {
    logging:
      'structlog loguru python-json-logger logbook eliot google-cloud-logging aws-lambda-powertools json-logging ecs-logging opencensus-ext-logging picologging',
    tracing:
      'opentelemetry-api opentelemetry-sdk opentelemetry-distro opentelemetry-instrumentation* opentelemetry-exporter-otlp* opentelemetry-exporter-jaeger* opentelemetry-exporter-zipkin* opentelemetry-exporter-gcp-trace ddtrace elastic-apm newrelic jaeger-client opentracing py-zipkin aws-xray-sdk aws-lambda-powertools azure-monitor-opentelemetry* opencensus opencensus-ext-* google-cloud-trace sentry-sdk logfire lightstep honeycomb-opentelemetry',
    metrics:
      'prometheus-client prometheus-flask-exporter prometheus-fastapi-instrumentator starlette-prometheus starlette-exporter django-prometheus aioprometheus statsd datadog ddtrace elastic-apm newrelic aws-embedded-metrics aws-lambda-powertools azure-monitor-opentelemetry* opentelemetry-exporter-prometheus opencensus-ext-prometheus logfire',
  },
  gem: {
    logging:
      'lograge semantic_logger rails_semantic_logger logging ougai logger logstash-logger yell dry-logger google-cloud-logging twiglet',
    tracing:
      'opentelemetry-sdk opentelemetry-api opentelemetry-instrumentation-* opentelemetry-exporter-otlp datadog ddtrace elastic-apm newrelic_rpm zipkin-tracer jaeger-client opentracing aws-xray-sdk skylight scout_apm appsignal sentry-ruby sentry-rails',
    metrics:
      'prometheus-client prometheus_exporter yabeda yabeda-* statsd-instrument statsd-ruby dogstatsd-ruby opentelemetry-metrics-sdk datadog ddtrace elastic-apm newrelic_rpm skylight scout_apm appsignal',
  },
  composer: {
    logging:
      'monolog/monolog symfony/monolog-bundle psr/log laminas/laminas-log analog/analog google/cloud-logging',
    tracing:
      'open-telemetry/api open-telemetry/sdk open-telemetry/opentelemetry open-telemetry/exporter-otlp open-telemetry/opentelemetry-auto-* datadog/dd-trace elastic/apm-agent elastic/apm-agent-php openzipkin/zipkin jonahgeorge/jaeger-client-php opentracing/opentracing sentry/sentry* instana/instana-php-sdk keepsuit/laravel-opentelemetry',
    metrics:
      'promphp/prometheus_client_php artprima/prometheus-metrics-bundle league/statsd datadog/php-datadogstatsd domnikl/statsd spatie/laravel-prometheus slickdeals/statsd',
  },
  hex: {
    logging: 'logger_json logster logger_file_backend lager',
    tracing:
      'opentelemetry opentelemetry_api opentelemetry_exporter opentelemetry_phoenix opentelemetry_ecto opentelemetry_cowboy opentelemetry_bandit spandex spandex_* new_relic_agent appsignal appsignal_phoenix sentry',
    metrics:
      'telemetry_metrics telemetry_metrics_* telemetry_poller prom_ex prometheus prometheus_ex prometheus_plugs statix instruments new_relic_agent appsignal appsignal_phoenix peep',
  },
  maven: {
    logging:
      'org.slf4j:* ch.qos.logback:* org.apache.logging.log4j:* log4j:log4j net.logstash.logback:logstash-logback-encoder org.springframework.boot:spring-boot-starter* org.springframework.cloud:spring-cloud-starter* org.springframework.cloud:spring-cloud-config-server io.quarkus:quarkus-* org.jboss.logging:* com.google.flogger:* io.github.oshai:kotlin-logging* io.github.microutils:kotlin-logging* org.tinylog:* com.typesafe.scala-logging:* co.elastic.logging:* commons-logging:commons-logging com.google.cloud:google-cloud-logging* com.jakewharton.timber:timber',
    tracing:
      'io.opentelemetry:* io.opentelemetry.instrumentation:* io.opentelemetry.javaagent:* io.micrometer:micrometer-tracing* io.micrometer:context-propagation org.springframework.cloud:spring-cloud-starter-sleuth org.springframework.cloud:spring-cloud-sleuth* org.springframework.cloud:spring-cloud-starter-zipkin org.springframework.boot:spring-boot-starter-opentelemetry org.springframework.boot:spring-boot-starter-zipkin io.zipkin.*:* io.jaegertracing:* io.opentracing:* io.opentracing.*:* co.elastic.apm:* com.datadoghq:dd-trace-api com.newrelic.agent.java:* com.amazonaws:aws-xray-recorder-sdk* com.microsoft.azure:applicationinsights* com.google.cloud:spring-cloud-gcp-starter-trace org.springframework.cloud:spring-cloud-gcp-starter-trace com.google.cloud:google-cloud-trace* io.quarkus:quarkus-opentelemetry io.quarkus:quarkus-smallrye-opentracing io.micronaut.tracing:* io.sentry:*',
    metrics:
      'io.micrometer:micrometer-core io.micrometer:micrometer-registry-* io.micrometer:micrometer-observation org.springframework.boot:spring-boot-starter-actuator io.prometheus:* io.dropwizard.metrics:* com.codahale.metrics:* io.quarkus:quarkus-micrometer* io.quarkus:quarkus-smallrye-metrics org.eclipse.microprofile.metrics:* com.datadoghq:java-dogstatsd-client io.micronaut.micrometer:* com.microsoft.azure:applicationinsights* com.google.cloud:spring-cloud-gcp-starter-metrics com.newrelic.agent.java:* io.kamon:*',
  },
  nuget: {
    logging:
      'Serilog Serilog.* NLog NLog.* log4net Microsoft.Extensions.Logging* Microsoft.ApplicationInsights* Elastic.CommonSchema* Google.Cloud.Logging* OpenTelemetry.Exporter.OpenTelemetryProtocol.Logs',
    tracing:
      'OpenTelemetry OpenTelemetry.Api* OpenTelemetry.Extensions.Hosting OpenTelemetry.Instrumentation.* OpenTelemetry.Exporter.* OpenTelemetry.AutoInstrumentation* Datadog.Trace* Elastic.Apm* NewRelic.Agent* Microsoft.ApplicationInsights* Azure.Monitor.OpenTelemetry* Jaeger OpenTracing* AWSXRayRecorder* zipkin4net Sentry*',
    metrics:
      'prometheus-net* App.Metrics* OpenTelemetry.Extensions.Hosting OpenTelemetry.Instrumentation.Runtime OpenTelemetry.Instrumentation.Process OpenTelemetry.Exporter.Prometheus* DogStatsD-CSharp-Client JustEat.StatsD Elastic.Apm* NewRelic.Agent* Microsoft.ApplicationInsights* Azure.Monitor.OpenTelemetry*',
  },
};

export interface StandardLibrary {
  name: string;
  signal: Signal;
  files: RegExp;
  /** How code asks for it. */
  imports: RegExp;
}

const SCRIPTS = /\.[cm]?[jt]s$/;

/** What comes with a language or a framework, and therefore stands in no manifest. */
export const STANDARD_LIBRARIES: readonly StandardLibrary[] = [
  { name: 'log/slog', signal: 'logging', files: /\.go$/, imports: /"log\/slog"/ },
  {
    name: 'logging',
    signal: 'logging',
    files: /\.py$/,
    imports: /^[ \t]*(?:import logging\b|import [\w, ]{1,100}\blogging\b|from logging(?:\.\w+)? import )/m,
  },
  {
    name: 'java.util.logging',
    signal: 'logging',
    files: /\.(java|kt|scala|groovy)$/,
    imports: /\bimport java\.util\.logging\.|\bSystem\.Logger\b/,
  },
  {
    name: 'org.slf4j',
    signal: 'logging',
    files: /\.(java|kt|scala|groovy)$/,
    imports: /\bimport (?:org|lombok\.extern)\.slf4j\./,
  },
  {
    name: 'org.apache.commons.logging',
    signal: 'logging',
    files: /\.(java|kt)$/,
    imports: /\bimport org\.apache\.commons\.logging\./,
  },
  {
    name: 'Microsoft.Extensions.Logging',
    signal: 'logging',
    files: /\.(cs|fs|vb)$/,
    imports: /\bILogger(?:Factory)?\b/,
  },
  {
    name: 'System.Diagnostics.ActivitySource',
    signal: 'tracing',
    files: /\.(cs|fs|vb)$/,
    imports: /\bnew ActivitySource\(/,
  },
  {
    name: 'System.Diagnostics.Metrics',
    signal: 'metrics',
    files: /\.(cs|fs|vb)$/,
    imports: /\busing System\.Diagnostics\.Metrics\b/,
  },
  {
    name: 'fastify',
    signal: 'logging',
    files: SCRIPTS,
    imports: /\b(?:fastify|app|server|request|req)\.log\.(?:info|warn|error|debug)\(/,
  },
  {
    name: '@nestjs/common',
    signal: 'logging',
    files: SCRIPTS,
    imports: /\bLogger\b[^}\n]{0,200}\} from ['"]@nestjs\/common['"]/,
  },
  {
    name: 'Illuminate\\Support\\Facades\\Log',
    signal: 'logging',
    files: /\.php$/,
    imports: /\buse Illuminate\\Support\\Facades\\Log\b/,
  },
  { name: 'psr/log', signal: 'logging', files: /\.php$/, imports: /\buse Psr\\Log\\/ },
  { name: 'spdlog', signal: 'logging', files: /\.(cc|cpp|cxx|h|hpp)$/, imports: /#include [<"]spdlog\// },
  {
    name: 'opentelemetry-cpp',
    signal: 'tracing',
    files: /\.(cc|cpp|cxx|h|hpp)$/,
    imports: /#include [<"]opentelemetry\/(?:sdk\/)?trace\//,
  },
  {
    name: 'opentelemetry-cpp',
    signal: 'metrics',
    files: /\.(cc|cpp|cxx|h|hpp)$/,
    imports: /#include [<"]opentelemetry\/(?:sdk\/)?metrics\//,
  },
  { name: 'Logger', signal: 'logging', files: /\.exs?$/, imports: /^[ \t]*require Logger\b/m },
  {
    name: 'logger',
    signal: 'logging',
    files: /\.rb$/,
    imports: /^[ \t]*require ['"]logger['"]|\bRails\.logger\b/m,
  },
];
