using System.Collections.Concurrent;
using System.Globalization;
using Orkestra.Asl.Integrations;
using Orkestra.Engine;

namespace Orkestra.Hosting.TestState.Shapes;

/// <summary>
/// What the actions that workflows use most answer, made of the <c>answer</c> lines of a service's file when they are first needed. A field is <c>Name:form</c>, or
/// <c>Name!:form</c> when it is always there. Forms: <c>s</c> text (<c>s1-9</c>: one to nine characters, <c>s=A|B</c>: one of these), <c>n</c> number (<c>n1</c>:
/// at least 1), <c>b</c> boolean, <c>[form]</c> list, <c>{form}</c> map, <c>.Name</c> structure of the service, <c>*</c> anything.
/// </summary>
internal static class ServiceShapes
{
    static readonly ConcurrentDictionary<ServiceIntegration, Dictionary<string, Shape>> Answers = [];

    /// <summary>What an action answers; null when it is not known.</summary>
    internal static Shape? AnswerOf(TaskResource resource)
    {
        if (resource.Kind != TaskResourceKind.Integration || resource.Pattern == TaskPattern.WaitForTaskToken) return null;
        var isSdk = resource.Service.StartsWith("aws-sdk:", StringComparison.Ordinal);
        var service = isSdk ? IntegrationCatalog.FindSdk(resource.Service[8..]) : IntegrationCatalog.FindOptimized(resource.Service);
        var operation = resource.Operation;
        if (resource.Pattern == TaskPattern.Sync)
        {
            // The result is the job that was waited for; of jobs only executions are described in the same form.
            if (resource.Service != "states") return null;
            operation = "describeExecution";
        }

        return service is null ? null : AnswersOf(service).GetValueOrDefault(operation);
    }

    /// <summary>The answers of a service by action.</summary>
    internal static IReadOnlyDictionary<string, Shape> AnswersOf(ServiceIntegration service) => Answers.GetOrAdd(service, Read);

    static Dictionary<string, Shape> Read(ServiceIntegration service)
    {
        var answers = new Dictionary<string, Shape>(StringComparer.OrdinalIgnoreCase);
        var structures = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var line in service.Answers)
        {
            var words = line.Split(' ');
            var isStructure = words[0].StartsWith('.');
            var shape = isStructure ? Structure(structures, words[0][1..]) : new Shape(ShapeKind.Structure);
            foreach (var field in words.AsSpan(1)) AddField(shape, field, structures);
            if (!isStructure) answers.Add(words[0], shape);
        }

        return answers;
    }

    static void AddField(Shape structure, string text, Dictionary<string, Shape> structures)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[..colon];
        if (name.EndsWith('!'))
        {
            name = name[..^1];
            structure.Required.Add(name);
        }

        structure.Fields.Add(name, Parse(text[(colon + 1)..], structures));
    }

    static Shape Parse(string form, Dictionary<string, Shape> structures) => form[0] switch
    {
        '*' => Shape.Any,
        '[' => new Shape(ShapeKind.List) { Member = Parse(form[1..^1], structures) },
        '{' => new Shape(ShapeKind.Map) { Member = Parse(form[1..^1], structures) },
        '.' => Structure(structures, form[1..]),
        'b' => new Shape(ShapeKind.Boolean),
        'n' => Limited(ShapeKind.Number, form[1..]),
        's' when form.StartsWith("s=", StringComparison.Ordinal) => new Shape(ShapeKind.Text) { Words = form[2..].Split('|') },
        's' => Limited(ShapeKind.Text, form[1..]),
        _ => throw new FormatException($"'{form}' is not the form of a field."),
    };

    static Shape Limited(ShapeKind kind, string limits)
    {
        if (limits.Length == 0) return new Shape(kind);
        var dash = limits.IndexOf('-', StringComparison.Ordinal);
        return new Shape(kind)
        {
            Least = long.Parse(dash < 0 ? limits : limits.AsSpan(0, dash), CultureInfo.InvariantCulture),
            Most = dash < 0 ? null : long.Parse(limits.AsSpan(dash + 1), CultureInfo.InvariantCulture),
        };
    }

    static Shape Structure(Dictionary<string, Shape> structures, string name)
    {
        if (!structures.TryGetValue(name, out var shape)) structures.Add(name, shape = new Shape(ShapeKind.Structure));
        return shape;
    }
}
