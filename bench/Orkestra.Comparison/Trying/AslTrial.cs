using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orkestra.Comparison.Trying;

/// <summary>Tries mistakes in the documents written by hand, in their template and in their functions.</summary>
internal sealed partial class AslTrial
{
    static readonly string[] Files =
    [
        .. ((string[])["OrderProcess.asl.json", "Shipping.asl.json", "template.yaml"]).Select(static file => Path.Combine("bench", "Orkestra.Comparison", "Asl", file)),
        .. FunctionFiles.All,
    ];

    readonly Dictionary<string, Ending> right = [];
    readonly Dictionary<Attempt, string> lint;

    AslTrial(Dictionary<Attempt, string> lint) => this.lint = lint;

    /// <summary>Lets cfn-lint look at all of them at once, since it takes seconds to start.</summary>
    public static async Task<AslTrial> MakeAsync(IEnumerable<Attempt> attempts) => new(await CloudFormationLint.OfAsync([.. attempts.Prepend(None)], Templates));

    /// <summary>The definitions without a mistake.</summary>
    public static Dictionary<string, string> Definitions()
    {
        var texts = Edits.Apply(Files, []);
        return new() { ["OrderProcess"] = Deployed(texts["OrderProcess.asl.json"]), ["Shipping"] = Deployed(texts["Shipping.asl.json"]) };
    }

    static Attempt None { get; } = new([]);

    /// <summary>How a run of the program without a mistake ends.</summary>
    public async Task<Ending> RightAsync(string input)
    {
        if (right.TryGetValue(input, out var known)) return known;
        var (refusal, ending) = await OfAsync([], input);
        return right[input] = ending ?? throw new InvalidOperationException($"Without a mistake it is refused: {refusal!.Text}");
    }

    public async Task<Outcome> TryAsync(Attempt attempt, string input)
    {
        if (lint.TryGetValue(attempt, out var said)) return new Outcome(Stage.Build, $"cfn-lint: {said}");
        if (attempt.Known is { } known) return new Outcome(known, attempt.Reason!);
        var (refused, ending) = await OfAsync(attempt.Edits, input);
        return refused ?? ending!.Beside(await RightAsync(input));
    }

    static async Task<(Outcome? Refusal, Ending? Ending)> OfAsync(Edit[] edits, string input)
    {
        var texts = Edits.Apply(Files, edits);
        var (assembly, refusal) = await Programs.CompileAsync(Edits.CSharp(texts), analyzed: false);
        return assembly is null ? (refusal, null) : await Machines.OfAsync(Deployed(texts["OrderProcess.asl.json"]), Deployed(texts["Shipping.asl.json"]), assembly, input);
    }

    static IEnumerable<string> Templates(Attempt attempt)
    {
        var texts = Edits.Apply(Files, attempt.Edits);
        yield return texts["template.yaml"];
        foreach (var file in (string[])["OrderProcess.asl.json", "Shipping.asl.json"])
        {
            yield return new JsonObject
            {
                ["Resources"] = new JsonObject
                {
                    ["Machine"] = new JsonObject
                    {
                        ["Type"] = "AWS::StepFunctions::StateMachine",
                        ["Properties"] = new JsonObject { ["RoleArn"] = "arn:aws:iam::000000000000:role/Machine", ["DefinitionString"] = Deployed(texts[file]) },
                    },
                },
            }.ToJsonString();
        }
    }

    // As CloudFormation puts the substitutions in.
    static string Deployed(string definition) => Placeholder().Replace(definition, static match => match.Groups[1].Value switch
    {
        "Shipping" => "arn:aws:states:us-east-1:000000000000:stateMachine:Shipping",
        "OrdersTable" => "Orders",
        "CustomerTopic" => "arn:aws:sns:us-east-1:000000000000:Customers",
        var function => $"arn:aws:lambda:us-east-1:000000000000:function:{function}",
    });

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
