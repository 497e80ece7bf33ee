using System.Reflection;
using System.Text.Json;
using Amazon.CDK;

namespace Orkestra.Comparison.Trying;

/// <summary>Tries mistakes in the stack with the state classes of CDK and in its functions.</summary>
internal sealed class CdkTrial(DirectoryInfo folder)
{
    const string StackFile = "OrderMachineStack.cs";

    static readonly string[] Files = [Path.Combine("bench", "Orkestra.Comparison", "Cdk", StackFile), .. FunctionFiles.All];

    readonly Dictionary<string, Ending> right = [];

    /// <summary>How a run of the program without a mistake ends.</summary>
    public async Task<Ending> RightAsync(string input)
    {
        if (right.TryGetValue(input, out var known)) return known;
        var (refusal, ending) = await OfAsync([], input);
        return right[input] = ending ?? throw new InvalidOperationException($"Without a mistake it is refused: {refusal!.Text}");
    }

    public async Task<Outcome> TryAsync(Attempt attempt, string input)
    {
        if (attempt.Known is { } known) return new Outcome(known, attempt.Reason!);
        var (refused, ending) = await OfAsync(attempt.Edits, input);
        return refused ?? ending!.Beside(await RightAsync(input));
    }

    /// <summary>The definitions without a mistake.</summary>
    public Dictionary<string, string> Definitions() => DefinitionsOf(Synthesize(typeof(CdkTrial).Assembly));

    async Task<(Outcome? Refusal, Ending? Ending)> OfAsync(Edit[] edits, string input)
    {
        var texts = Edits.Apply(Files, edits);
        var (functions, refusal) = await Programs.CompileAsync(Edits.CSharp(texts, StackFile), analyzed: false);
        if (functions is null) return (refusal, null);
        (var stack, refusal) = await Programs.CompileAsync([(StackFile, texts[StackFile])], analyzed: false);
        if (stack is null) return (refusal, null);
        string template;
        try
        {
            template = Synthesize(stack);
        }
#pragma warning disable CA1031 // jsii throws System.Exception for whatever a construct throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (new Outcome(Stage.Build, (exception.InnerException ?? exception).Message.Split('\n')[0]), null);
        }

        var definitions = DefinitionsOf(template);
        return await Machines.OfAsync(definitions["OrderProcess"], definitions["Shipping"], functions, input);
    }

    string Synthesize(Assembly assembly)
    {
        var output = folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var program = folder.CreateSubdirectory("program").FullName;
        var app = new App(new AppProps { Outdir = output });
        Activator.CreateInstance(assembly.GetType("Orkestra.Comparison.Cdk.OrderMachineStack", throwOnError: true)!, app, "Orders", program);
        app.Synth();
        return File.ReadAllText(Path.Combine(output, "Orders.template.json"));
    }

    static Dictionary<string, string> DefinitionsOf(string template)
    {
        using var document = JsonDocument.Parse(template);
        return document.RootElement.GetProperty("Resources").EnumerateObject().Where(static resource => resource.Value.GetProperty("Type").GetString() == "AWS::StepFunctions::StateMachine")
            .ToDictionary(static resource => resource.Name[..^8], static resource => Resolve(resource.Value.GetProperty("Properties").GetProperty("DefinitionString")));
    }

    // As CloudFormation does; the last eight characters of a logical id are a hash.
    static string Resolve(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        var function = value.EnumerateObject().Single();
        return function.Name switch
        {
            "Fn::Join" => string.Join(function.Value[0].GetString(), function.Value[1].EnumerateArray().Select(Resolve)),
            "Ref" when function.Value.GetString() == "AWS::Partition" => "aws",
            "Ref" => Named(function.Value.GetString()![..^8]),
            "Fn::GetAtt" => Named(function.Value[0].GetString()![..^8]),
            _ => throw new InvalidOperationException($"The template uses {function.Name}."),
        };
    }

    static string Named(string name) => name switch
    {
        "Shipping" => "arn:aws:states:us-east-1:000000000000:stateMachine:Shipping",
        "Orders" => "Orders",
        "Customers" => "arn:aws:sns:us-east-1:000000000000:Customers",
        _ => $"arn:aws:lambda:us-east-1:000000000000:function:{(name.EndsWith("Function", StringComparison.Ordinal) ? name[..^"Function".Length] : name)}",
    };
}
