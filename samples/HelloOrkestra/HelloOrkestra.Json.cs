using System.Text.Json;
using System.Text.Json.Serialization;

// Native AOT has no reflection to find out how an Item is written as JSON, so the compiler does. All that a step takes or gives is listed, apart from what
// .NET itself defines; without Native AOT this file is not needed.
public sealed partial class HelloOrkestra
{
    protected override JsonSerializerOptions JsonOptions => HelloJson.Default.Options;

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Item))]
    [JsonSerializable(typeof(Item[]))]
    sealed partial class HelloJson : JsonSerializerContext;
}
