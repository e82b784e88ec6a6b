{{- range $name, $image := dict "cert-manager" .Values.image "cert-manager-webhook" .Values.webhook.image "cert-manager-cainjector" .Values.cainjector.image }}
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
      containers:
        - name: {{ $name }}
          image: {{ required (printf "image.repository of %s" $name) $image.repository }}:{{ $.Chart.AppVersion }}
{{- end }}
