apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  serviceName: {{ .Release.Name }}
  replicas: 1
  selector: { matchLabels: { control-plane: {{ .Release.Name }} } }
  template:
    metadata: { labels: { control-plane: {{ .Release.Name }} } }
    spec:
      containers:
        - name: manager
          image: {{ required "image.repository" .Values.image.repository }}:{{ .Chart.AppVersion }}
