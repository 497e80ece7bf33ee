using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Datasets;

/// <summary>What a distributed Map gives whose results were written to S3 (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).</summary>
/// <param name="MapRunArn">The ARN of the Map Run.</param>
/// <param name="Results">Where the manifest of the results is.</param>
public sealed record MapRunResult(
    [property: JsonPropertyName("MapRunArn")] string MapRunArn,
    [property: JsonPropertyName("ResultWriterDetails")] MapRunResults Results);

/// <summary>The object that names the files with the results.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key, which ends in <c>manifest.json</c>. The files beside it are <c>SUCCEEDED_0.json</c>, <c>FAILED_0.json</c>, …</param>
public sealed record MapRunResults(
    [property: JsonPropertyName("Bucket")] string Bucket,
    [property: JsonPropertyName("Key")] string Key);
