{{- define "journey-runtime.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- end }}

{{- define "journey-runtime.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "journey-runtime.labels" -}}
{{ include "journey-runtime.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* The variables of the API and the workers. */}}
{{- define "journey-runtime.variables" -}}
- { name: JOURNEY_RUNTIME_MIGRATE, value: 'false' }
{{- range .Values.secretVariables }}
{{- if has . (list "JOURNEY_RUNTIME_JWT_ISSUERS" "JOURNEY_RUNTIME_OIDC" "JOURNEY_RUNTIME_TRUSTED_DOCUMENTS") }}
# The value of this variable may be a path.
- { name: {{ . }}, value: /run/secrets/journey-runtime/{{ . }} }
{{- else }}
- { name: {{ . }}_FILE, value: /run/secrets/journey-runtime/{{ . }} }
{{- end }}
{{- end }}
{{- with .Values.hosts }}
{{- $name := include "journey-runtime.name" $ }}
{{- $service := printf "%s.%s" $name $.Release.Namespace }}
- name: JOURNEY_RUNTIME_HOSTS
  value: {{ concat . (list $name $service (printf "%s.svc" $service) (printf "%s.svc.cluster.local" $service)) | join "," }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* What the containers of all pods have in common. */}}
{{- define "journey-runtime.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  - { name: secret, mountPath: /run/secrets/journey-runtime, readOnly: true }
{{- end }}

{{/* What all pods have in common; volumes is the last of it, for a pod to add its secret. */}}
{{- define "journey-runtime.pod" -}}
# The service does not use the API of Kubernetes.
automountServiceAccountToken: false
# Otherwise Kubernetes sets variables such as JOURNEY_RUNTIME_WORKER_PORT for Services with such a name.
enableServiceLinks: false
securityContext:
  # The user "node" of the image, by its number: by a name Kubernetes cannot check that it is not root.
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - { name: tmp, emptyDir: {} }
{{- end }}

{{/* Puts the pods of a component on several nodes where it can. */}}
{{- define "journey-runtime.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "journey-runtime.selector" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
{{- end }}
