using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>Finds what starts the state machines of a template by the time: rules of EventBridge, schedules of EventBridge Scheduler, and the events of SAM that become them.</summary>
/// <param name="template">The template.</param>
/// <param name="file">Its file, for messages.</param>
/// <param name="resolver">Gives the values of its functions.</param>
internal sealed class TemplateSchedules(JsonValue template, string file, TemplateResolver resolver)
{
    const int LongestName = 60;
    const string UniversalTarget = ":aws-sdk:sfn:startExecution";

    readonly List<AppSchedule> all = [];

    internal IReadOnlyList<AppSchedule> All => all;

    /// <summary>Adds the targets of a rule that are state machines. A rule without a schedule waits for events.</summary>
    internal void AddRule(string id, JsonValue properties)
    {
        if (resolver.Text(properties["ScheduleExpression"]) is not { } expression || properties["Targets"] is not JsonArray targets) return;
        var arn = ArnOf(id);
        var name = resolver.NameOf(id);
        foreach (var target in (IEnumerable<JsonValue>)targets)
        {
            if (MachineOf(target["Arn"]) is not { } machine) continue;
            var input = resolver.Text(target["Input"]) is { } text ? Read(name, text) : null;
            Add(name, machine, expression, properties, null, time => input ?? Event(arn, time));
        }
    }

    /// <summary>Adds a schedule whose target is a state machine.</summary>
    internal void AddSchedule(string id, JsonValue properties)
    {
        if (resolver.Text(properties["ScheduleExpression"]) is not { } expression || properties["Target"] is not { } target) return;
        var name = resolver.NameOf(id);
        var input = resolver.Text(target["Input"]);
        var machine = MachineOf(target["Arn"]);
        if (machine is null && input is not null && resolver.Text(target["Arn"])?.EndsWith(UniversalTarget, StringComparison.Ordinal) == true)
        {
            var request = Read(name, input);
            machine = NameIn((request["StateMachineArn"] as JsonString)?.Value);
            input = (request["Input"] as JsonString)?.Value;
        }

        if (machine is not null) AddScheduled(name, machine, expression, properties, input, ArnOf(id));
    }

    /// <summary>Adds the schedules among the events of a state machine of SAM.</summary>
    internal void AddEvents(string id, JsonValue properties)
    {
        foreach (var (name, happening) in properties["Events"] as JsonObject ?? JsonObject.Empty)
        {
            var (type, details) = (resolver.Text(happening["Type"]), happening["Properties"] ?? JsonObject.Empty);
            if (type is not ("Schedule" or "ScheduleV2") || resolver.Text(details["Schedule"] ?? details["ScheduleExpression"]) is not { } expression) continue;
            var (named, input) = (resolver.Text(details["Name"]) ?? $"{id}{name}", resolver.Text(details["Input"]));
            if (type == "ScheduleV2")
            {
                AddScheduled(named, resolver.NameOf(id), expression, details, input, $"schedule/default/{named}");
            }
            else
            {
                var fixedInput = input is null ? null : Read(named, input);
                Add(named, resolver.NameOf(id), expression, details, null, time => fixedInput ?? Event($"rule/{named}", time));
            }
        }
    }

    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    void AddScheduled(string name, string machine, string expression, JsonValue properties, string? input, string arn) =>
        Add(name, machine, expression, properties, resolver.Text(properties["ScheduleExpressionTimezone"]), time => input is null ? JsonObject.Empty : Read(name, input
            .Replace("<aws.scheduler.schedule-arn>", arn, StringComparison.Ordinal)
            .Replace("<aws.scheduler.scheduled-time>", Text(time), StringComparison.Ordinal)
            .Replace("<aws.scheduler.execution-id>", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("<aws.scheduler.attempt-number>", "1", StringComparison.Ordinal)));

    void Add(string name, string machine, string expression, JsonValue properties, string? zone, Func<DateTimeOffset, JsonValue> input)
    {
        var given = name[..Math.Min(name.Length, LongestName)];
        // A rule may have several targets.
        for (var number = 2; all.Exists(known => known.Name == given); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            given = name[..Math.Min(name.Length, LongestName - suffix.Length)] + suffix;
        }

        all.Add(new AppSchedule(given, machine, expression, file)
        {
            TimeZone = zone,
            Description = resolver.Text(properties["Description"]),
            Start = Time(given, resolver.Text(properties["StartDate"])),
            End = Time(given, resolver.Text(properties["EndDate"])),
            IsEnabled = resolver.Text(properties["State"]) != "DISABLED" && resolver.Text(properties["Enabled"]) != "false",
            Input = input,
        });
    }

    // Aliases and versions lead to their state machine: the local service creates neither from a template.
    string? MachineOf(JsonValue? target)
    {
        for (var hops = 0; target is JsonObject { Count: 1 } reference && hops < 3; hops++)
        {
            var id = (reference["Ref"] as JsonString)?.Value ?? (reference["Fn::GetAtt"]?[0] as JsonString)?.Value;
            if (id is null || template["Resources"]?[id] is not { } resource) break;
            var properties = resource["Properties"];
            var next = TemplateResolver.TypeOf(resource) switch
            {
                "AWS::StepFunctions::StateMachineAlias" => properties?["RoutingConfiguration"]?[0]?["StateMachineVersionArn"] ?? properties?["DeploymentPreference"]?["StateMachineVersionArn"],
                "AWS::StepFunctions::StateMachineVersion" => properties?["StateMachineArn"],
                _ => null,
            };
            if (next is null) break;
            target = next;
        }

        return NameIn(resolver.Text(target));
    }

    string ArnOf(string id) => resolver.Text(JsonObject.Create(("Fn::GetAtt", JsonArray.Create([(JsonValue)id, "Arn"]))))!;

    static string? NameIn(string? arn) => arn?.Split(':') is ["arn", _, "states", _, _, "stateMachine", var name, ..] ? name : null;

    // https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html
    static JsonObject Event(string arn, DateTimeOffset time) => JsonObject.Create(
        ("version", "0"), ("id", Guid.NewGuid().ToString()), ("detail-type", "Scheduled Event"), ("source", "aws.events"), ("account", arn.Split(':').ElementAtOrDefault(4) ?? ""),
        ("time", Text(time)), ("region", arn.Split(':').ElementAtOrDefault(3) ?? ""), ("resources", JsonArray.Create([(JsonValue)arn])), ("detail", JsonObject.Empty));

    JsonValue Read(string name, string input)
    {
        try
        {
            return JsonValue.Parse(input);
        }
        catch (JsonFormatException problem)
        {
            throw new ToolException($"The schedule '{name}' of '{file}' has an input that is not JSON: {problem.Message}");
        }
    }

    DateTimeOffset? Time(string name, string? text)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : throw new ToolException($"The schedule '{name}' of '{file}' has a start or end that is not a time: '{text}'.");
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
