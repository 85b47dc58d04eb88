/** What an empty editor begins with: the smallest template that does something. */
export const starter = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: say-hello
  title: Say hello
  description: Writes a line to the log.
  annotations:
    backstage.io/time-saved: PT5M
spec:
  type: example
  owner: group:default/platform
  parameters:
    - title: Whom to greet
      required: [name]
      properties:
        name:
          title: Name
          type: string
          minLength: 2
        loudly:
          title: Loudly
          type: boolean
          default: false
  steps:
    - id: greet
      name: Greet
      action: debug:log
      input:
        message: Hello, \${{ parameters.name | upper if parameters.loudly else parameters.name }}
`;
