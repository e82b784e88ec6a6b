{{- if .Values.installCRDs }}
{{ .Files.Get "files/crds.yaml" }}
{{- end }}
