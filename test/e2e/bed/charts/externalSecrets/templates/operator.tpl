{{- $account := required "serviceAccount.name: pod identity names the account" .Values.serviceAccount.name }}
{{- if .Values.serviceAccount.create }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $account }}
  namespace: {{ .Release.Namespace }}
{{- end }}
{{- range $name, $image := dict "external-secrets" .Values.image "external-secrets-webhook" .Values.webhook.image "external-secrets-cert-controller" .Values.certController.image }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ $.Release.Namespace }}
spec:
  replicas: 1
  selector: { matchLabels: { app.kubernetes.io/name: {{ $name }} } }
  template:
    metadata: { labels: { app.kubernetes.io/name: {{ $name }} } }
    spec:
      {{- if eq $name "external-secrets" }}
      serviceAccountName: {{ $account }}
      {{- end }}
      containers:
        - name: {{ $name }}
          image: {{ required (printf "image.repository of %s" $name) $image.repository }}:v{{ $.Chart.AppVersion }}
{{- end }}
