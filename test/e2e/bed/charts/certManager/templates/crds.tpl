{{- if .Values.crds.enabled }}
{{ .Files.Get "files/crds.yaml" }}
{{- end }}
