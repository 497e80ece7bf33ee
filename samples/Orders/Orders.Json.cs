using System.Text.Json;
using System.Text.Json.Serialization;

// For Native AOT: what the steps take and give.
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(PricedOrder))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(ReportJob))]
[JsonSerializable(typeof(HttpRequest))]
[JsonSerializable(typeof(HttpResponse))]
public sealed partial class OrderJson : JsonSerializerContext;
