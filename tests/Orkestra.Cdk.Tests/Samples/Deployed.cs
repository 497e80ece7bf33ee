using System.Text;
using System.Text.Json.Nodes;
using Orkestra.Asl;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>A template as CloudFormation would deploy it: references filled in.</summary>
internal sealed class Deployed(SynthesisedTemplate template)
{
    JsonObject Deployable => template.Root["Resources"]!.AsObject();

    /// <summary>The document of the only state machine, as the service is given it.</summary>
    public StateMachine Machine() => AslReader.Parse(Definition());

    /// <summary>The same as text.</summary>
    public string Definition() => Definition(template.Only("AWS::StepFunctions::StateMachine"));

    /// <summary>The documents of all state machines by the ids of their resources, which <see cref="Arn"/> makes ARNs of.</summary>
    public IEnumerable<(string Id, StateMachine Machine)> Machines() =>
        from resource in Deployable
        where (string?)resource.Value!["Type"] == "AWS::StepFunctions::StateMachine"
        select (resource.Key, AslReader.Parse(Definition(resource.Value!["Properties"]!)));

    static string Arn(string id) => $"arn:aws:states:us-east-1:000000000000:stateMachine:{id}";

    string Definition(JsonNode properties)
    {
        var text = new StringBuilder(Value(properties["DefinitionString"]!));
        foreach (var (name, value) in properties["DefinitionSubstitutions"]?.AsObject() ?? []) text.Replace($"${{{name}}}", Value(value!));
        return text.ToString();
    }

    /// <summary>The settings of the function that a task names: its handler and its variables.</summary>
    public (string Handler, Dictionary<string, string> Variables) Function(string name)
    {
        var function = Deployable[name]!["Properties"]!;
        var variables = function["Environment"]?["Variables"]?.AsObject().ToDictionary(variable => variable.Key, variable => (string)variable.Value!) ?? [];
        return ((string)function["Handler"]!, variables);
    }

    string Value(JsonNode node) => node switch
    {
        JsonObject intrinsic when intrinsic["Fn::Join"] is { } join => string.Concat(join[1]!.AsArray().Select(part => Value(part!))),
        JsonObject intrinsic when intrinsic["Ref"] is { } reference => Reference((string)reference!),
        JsonObject intrinsic when intrinsic["Fn::GetAtt"] is { } attribute => Reference((string)attribute[0]!),
        _ => (string)node!,
    };

    // A version is the function it is of; a pseudo parameter is what it is in most regions.
    string Reference(string id) => id switch
    {
        "AWS::Partition" => "aws",
        _ when (string?)Deployable[id]?["Type"] == "AWS::StepFunctions::StateMachine" => Arn(id),
        _ when Deployable[id] is { } resource && (string?)resource["Type"] == "AWS::Lambda::Version" => Value(resource["Properties"]!["FunctionName"]!),
        _ => id,
    };
}
