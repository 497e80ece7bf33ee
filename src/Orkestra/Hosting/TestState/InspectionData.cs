using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>
/// What became of the data (https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html). A field is null when the state has no such
/// step, or failed before it.
/// </summary>
public sealed class InspectionData
{
    /// <summary>The raw input.</summary>
    public JsonValue? Input { get; internal set; }

    /// <summary>JSONPath: the input after <c>InputPath</c>.</summary>
    public JsonValue? AfterInputPath { get; internal set; }

    /// <summary>JSONPath: the input after <c>Parameters</c>.</summary>
    public JsonValue? AfterParameters { get; internal set; }

    /// <summary>JSONata: what a Task is given.</summary>
    public JsonValue? AfterArguments { get; internal set; }

    /// <summary>The result of a Task, or the literal result of a Pass state.</summary>
    public JsonValue? Result { get; internal set; }

    /// <summary>JSONPath: the result after <c>ResultSelector</c>.</summary>
    public JsonValue? AfterResultSelector { get; internal set; }

    /// <summary>JSONPath: the input with the result placed in it.</summary>
    public JsonValue? AfterResultPath { get; internal set; }

    /// <summary>JSONPath: the items of a Map.</summary>
    public JsonValue? AfterItemsPath { get; internal set; }

    /// <summary>The inputs of a Map's iterations after <c>ItemSelector</c>.</summary>
    public JsonValue? AfterItemSelector { get; internal set; }

    /// <summary>The inputs of a Map's iterations after <c>ItemBatcher</c>.</summary>
    public JsonValue? AfterItemBatcher { get; internal set; }

    /// <summary>Map: how many iterations run at the same time; 0 for no limit.</summary>
    public long? MaxConcurrency { get; internal set; }

    /// <summary>Map: how many items may fail; null when the state does not say.</summary>
    public long? ToleratedFailureCount { get; internal set; }

    /// <summary>Map: how many items may fail, in percent; null when the state does not say.</summary>
    public double? ToleratedFailurePercentage { get; internal set; }

    /// <summary>The variables after the state; null when there are none.</summary>
    public JsonObject? Variables { get; internal set; }

    /// <summary>What handled the error; null when nothing did.</summary>
    public InspectionErrorDetails? ErrorDetails { get; internal set; }

    /// <summary><see cref="InspectionLevel.Trace"/> of an HTTP task: <c>protocol</c>, <c>method</c>, <c>url</c>, <c>headers</c> and <c>body</c>.</summary>
    public JsonObject? Request { get; internal set; }

    /// <summary><see cref="InspectionLevel.Trace"/> of an HTTP task: <c>protocol</c>, <c>statusCode</c>, <c>statusMessage</c>, <c>headers</c> and <c>body</c>.</summary>
    public JsonObject? Response { get; internal set; }

    /// <summary>As the service writes it, except that values are JSON instead of JSON text.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder(8);
        Add(json, "input", Input);
        Add(json, "afterInputPath", AfterInputPath);
        Add(json, "afterParameters", AfterParameters);
        Add(json, "afterArguments", AfterArguments);
        Add(json, "result", Result);
        Add(json, "afterResultSelector", AfterResultSelector);
        Add(json, "afterResultPath", AfterResultPath);
        Add(json, "afterItemsPath", AfterItemsPath);
        Add(json, "afterItemSelector", AfterItemSelector);
        Add(json, "afterItemBatcher", AfterItemBatcher);
        if (MaxConcurrency is { } concurrency) json.Set("maxConcurrency", concurrency);
        if (ToleratedFailureCount is { } count) json.Set("toleratedFailureCount", count);
        if (ToleratedFailurePercentage is { } percentage) json.Set("toleratedFailurePercentage", percentage);
        Add(json, "variables", Variables);
        Add(json, "request", Request);
        Add(json, "response", Response);
        if (ErrorDetails is { } details) json.Set("errorDetails", ToJson(details));
        return json.Build();
    }

    static JsonObject ToJson(InspectionErrorDetails details)
    {
        var json = new JsonObject.Builder(3);
        if (details.CatchIndex is { } caught) json.Set("catchIndex", caught);
        if (details.RetryIndex is { } retried) json.Set("retryIndex", retried);
        if (details.RetryBackoffIntervalSeconds is { } seconds) json.Set("retryBackoffIntervalSeconds", seconds);
        return json.Build();
    }

    static void Add(JsonObject.Builder json, string name, JsonValue? value)
    {
        if (value is not null) json.Set(name, value);
    }
}
