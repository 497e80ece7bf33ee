using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>SNS: <c>sns:publish</c>, and every action of <c>aws-sdk:sns</c>. It speaks the query protocol: forms in, XML out.</summary>
internal sealed class SnsForwarding(ServiceClient client) : IForwardedService
{
    public ForwardedService Service { get; } = new()
    {
        Name = "SNS",
        Optimized = "sns",
        Sdk = "sns",
        SdkErrors = "Sns",
        OptimizedErrors = "SNS",
        OptimizedCause = "AmazonSNS",
        Signing = "sns",
        Variables = ["AWS_ENDPOINT_URL_SNS", "SNS_ENDPOINT"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var action = TaskNames.Action(invocation.Resource);
        var form = new List<KeyValuePair<string, string>> { new("Action", action), new("Version", "2010-03-31") };
        foreach (var (name, value) in TaskNames.WithText(invocation.Input, "Message")) Add(form, name, value);
        var body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));
        var response = await client.SendAsync(
            Service, HttpMethod.Post, "/", body, [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")], invocation.CancellationToken).ConfigureAwait(false);
        var answer = XmlAnswer.Read(response.Body);
        if (!response.IsSuccess)
        {
            var error = answer["Error"] ?? JsonObject.Empty;
            throw new ServiceCallException((error["Code"] as JsonString)?.Value ?? $"HttpStatus{response.Status}", ServiceClient.MessageOf(error), response.Status, (answer["RequestId"] as JsonString)?.Value);
        }

        var result = answer[$"{action}Result"] as JsonObject ?? JsonObject.Empty;
        return invocation.Resource.Service == Service.Optimized ? TaskOutcome.OptimizedResult(result) : TaskOutcome.Result(result);
    }

    // Lists are numbered members, maps numbered entries.
    static void Add(List<KeyValuePair<string, string>> form, string name, JsonValue value)
    {
        switch (value)
        {
            case JsonArray list:
                for (var i = 0; i < list.Count; i++) Add(form, string.Create(CultureInfo.InvariantCulture, $"{name}.member.{i + 1}"), list[i]);
                break;
            case JsonObject map when name is "MessageAttributes" or "Attributes":
                var number = 0;
                foreach (var (key, entry) in map)
                {
                    var at = string.Create(CultureInfo.InvariantCulture, $"{name}.entry.{++number}");
                    form.Add(new(at + (name == "Attributes" ? ".key" : ".Name"), key));
                    Add(form, at + (name == "Attributes" ? ".value" : ".Value"), entry);
                }

                break;
            case JsonObject structure:
                foreach (var (member, part) in structure) Add(form, $"{name}.{member}", part);
                break;
            case JsonString text:
                form.Add(new(name, text.Value));
                break;
            case JsonNull:
                break;
            default:
                form.Add(new(name, value.ToJson()));
                break;
        }
    }
}
