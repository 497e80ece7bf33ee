using System.Text.Json.Serialization;

public sealed record ReportRequest(string Month);

/// <summary>What AWS Batch tells of a job that has ended.</summary>
public sealed record ReportJob([property: JsonPropertyName("JobId")] string JobId, [property: JsonPropertyName("Status")] string Status);
