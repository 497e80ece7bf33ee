using System.Text.Json;
using System.Text.Json.Serialization;

// For Native AOT: what the steps take and give.
public sealed partial class Watch
{
    protected override JsonSerializerOptions JsonOptions => WatchJson.Default.Options;

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(double[]))]
    [JsonSerializable(typeof(int))]
    sealed partial class WatchJson : JsonSerializerContext;
}
