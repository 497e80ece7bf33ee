using System.Text;
using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Newtonsoft.Json.Linq;
using Orkestra.Asl;
using StateMachine = Orkestra.Asl.StateMachine;

namespace Orkestra.Cdk.Composition;

/// <summary>States made with CDK, read as a document in which <c>${…}</c> stands for what is known only when it is deployed.</summary>
internal sealed partial class CdkStates(IChainable chainable, IReadOnlyList<PolicyStatement>? permissions)
{
    readonly Dictionary<string, string> substitutions = new(StringComparer.Ordinal);
    StateMachine? document;

    /// <summary>What the placeholders stand for.</summary>
    public IReadOnlyDictionary<string, string> Substitutions => substitutions;

    /// <summary>What the states need to be allowed.</summary>
    public IReadOnlyList<PolicyStatement> Policies { get; private set; } = [];

    public StateMachine Read() => document ??= Render();

    StateMachine Render()
    {
        var start = chainable.StartState;
        var graph = new Amazon.CDK.AWS.StepFunctions.StateGraph(start, "part of an Orkestra flow");
        var rendered = DefinitionBody.FromChainable(chainable).Bind(start, new ServicePrincipal("states.amazonaws.com"), new StateMachineProps(), graph);
        Policies = permissions ?? graph.PolicyStatements;
        var result = AslReader.Read(Text(Stack.Of(start).Resolve(rendered.DefinitionString!)));
        return !result.HasErrors
            ? result.GetDocument()
            : throw new SynthesisException($"The CDK state '{start.Id}' has a number or a list that is known only when it is deployed, which a part of an Orkestra flow cannot have: compose it with >> in a chain of CDK states.");
    }

    // A resolved text is a string, or a join of strings and of intrinsic functions: {"Fn::Join": ["", ["…", {"Ref": "AWS::Partition"}, "…"]]}.
    string Text(object resolved)
    {
        if (resolved is string text) return text;
        var token = JToken.FromObject(resolved);
        if (token is JValue { Value: string value }) return value;
        var builder = new StringBuilder();
        foreach (var part in token["Fn::Join"]![1]!) builder.Append(part is JValue { Value: string piece } ? piece : Placeholder(part));
        return InPartition(builder.ToString());
    }

    // CDK leaves the partition of an integration open; authored states are in "aws", so the document is in it as a whole until it is deployed.
    string InPartition(string text)
    {
        var name = Name(new JObject { ["Ref"] = "AWS::Partition" });
        text = text.Replace($"\"arn:${{{name}}}:states:::", "\"arn:aws:states:::", StringComparison.Ordinal);
        if (!text.Contains($"${{{name}}}", StringComparison.Ordinal)) substitutions.Remove(name);
        return text;
    }

    string Placeholder(JToken intrinsic)
    {
        var name = Name(intrinsic);
        substitutions.TryAdd(name, Token.AsString(intrinsic.ToObject<Dictionary<string, object>>()!));
        return $"${{{name}}}";
    }

    // {"Ref": "Queue"} is Queue, {"Fn::GetAtt": ["Queue", "Arn"]} is QueueArn, anything else its own text without signs.
    static string Name(JToken intrinsic)
    {
        var name = (intrinsic["Ref"] ?? intrinsic["Fn::GetAtt"]) switch
        {
            JArray parts => string.Concat(parts),
            { } single => single.ToString(),
            null => intrinsic.ToString(Newtonsoft.Json.Formatting.None),
        };
        return Signs().Replace(name, "");
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Signs();
}
