{{- $account := required "serviceAccount.name: pod identity names the account" .Values.serviceAccount.name }}
{{- if .Values.serviceAccount.create }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $account }}
  namespace: {{ .Release.Namespace }}
---
{{- end }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  replicas: 2
  selector: { matchLabels: { app.kubernetes.io/name: aws-load-balancer-controller } }
  template:
    metadata: { labels: { app.kubernetes.io/name: aws-load-balancer-controller } }
    spec:
      serviceAccountName: {{ $account }}
      containers:
        - name: aws-load-balancer-controller
          image: {{ required "image.repository" .Values.image.repository }}:v{{ .Chart.AppVersion }}
          args:
            - --cluster-name={{ required "clusterName: the real chart refuses to render without it" .Values.clusterName }}
            - --aws-region={{ required "region: pods can't ask the instance for it" .Values.region }}
            - --aws-vpc-id={{ required "vpcId: pods can't ask the instance for it" .Values.vpcId }}
