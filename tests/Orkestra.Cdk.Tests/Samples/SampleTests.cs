using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Orkestra.Cdk.Tests.Samples;

[Collection(Synthesis.Name)]
public sealed partial class SampleTests
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public SampleTests() => Synthesis.Needed();

    public static TheoryData<string> Names => Sample.Names;

    /// <summary>Set ORKESTRA_APPROVE=1 to write the templates anew, then look at the difference.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_template_is_the_approved_one(string name)
    {
        var template = Hashes().Replace(SampleTemplates.Of(name).Root.ToJsonString(Readable), "<hash>") + "\n";
        var approved = Path.Combine(Folder(), $"{name}.template.json");
        if (Environment.GetEnvironmentVariable("ORKESTRA_APPROVE") == "1") File.WriteAllText(approved, template);

        template.ShouldBe(File.ReadAllText(approved), $"the template of {name} is not what {approved} has");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_linter_has_nothing_to_say(string name)
    {
        var template = SampleTemplates.Of(name);
        var folder = Directory.CreateTempSubdirectory("orkestra-lint").FullName;
        var (synthesized, filledIn) = (Path.Combine(folder, $"{name}.template.json"), Path.Combine(folder, $"{name}.filled-in.template.json"));
        File.WriteAllText(synthesized, template.Text);
        File.WriteAllText(filledIn, WithDefinition(template));
        try
        {
            // Run from the repository, where .cfnlintrc is.
            var start = new ProcessStartInfo("cfn-lint", [synthesized, filledIn]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository() };
            using var lint = Process.Start(start)!;
            var said = lint.StandardOutput.ReadToEnd() + lint.StandardError.ReadToEnd();
            lint.WaitForExit();
            said.ShouldBeEmpty();
            lint.ExitCode.ShouldBe(0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("cfn-lint is not installed.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_policy_has_a_star_that_a_name_could_replace(string name)
    {
        var statements = SampleTemplates.Of(name).Root["Resources"]!.AsObject()
            .Select(resource => resource.Value!["Properties"])
            .SelectMany(properties => (JsonNode?[])[properties?["PolicyDocument"], .. properties?["Policies"]?.AsArray().Select(policy => policy!["PolicyDocument"]) ?? []])
            .OfType<JsonObject>()
            .SelectMany(policy => policy["Statement"]!.AsArray())
            .ToList();

        statements.Where(statement => statement!["Action"].ToText().Contains('*')).ShouldBeEmpty();
        foreach (var statement in statements.Where(statement => statement!["Resource"].ToText().Contains('*')))
        {
            var resource = statement!["Resource"].ToText();
            string[] actions = statement["Action"] is JsonArray several ? [.. several.Select(action => (string)action!)] : [(string)statement["Action"]!];
            actions.ShouldAllBe(action => resource == "\"*\"" ? Unnamed.Contains(action) : Parts.Contains(action) && resource.Contains(":*\""), statement.ToText());
        }
    }

    /// <summary>What takes no resource, so that there is nothing to name.</summary>
    static readonly string[] Unnamed =
    [
        // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
        // https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
    ];

    /// <summary>What is done to parts of a resource that is named, which have no names before they are made.</summary>
    static readonly string[] Parts =
    [
        "lambda:InvokeFunction",                        // the versions of one function, of which running executions call older ones
        "states:DescribeExecution", "states:StopExecution", // the executions of one state machine
        "logs:CreateLogStream", "logs:PutLogEvents",    // the streams of one log group: CDK's own role for containers of AWS Batch
    ];

    [Fact]
    public void The_order_process_may_do_what_it_calls()
    {
        var template = SampleTemplates.Of("OrdersProcess");
        string Id(string start, string type) => template.Root["Resources"]!.AsObject().Single(resource => resource.Key.StartsWith(start, StringComparison.Ordinal) && (string?)resource.Value!["Type"] == type).Key;
        var statements = template.Named("OrderProcessRoleDefaultPolicy")["PolicyDocument"]!["Statement"]!.AsArray();
        string[] ResourcesOf(string action) =>
            [.. statements.Where(statement => statement!["Action"] is JsonArray several ? several.Any(one => (string?)one == action) : (string?)statement["Action"] == action).Select(statement => statement!["Resource"].ToText())];

        ResourcesOf("dynamodb:PutItem").ShouldHaveSingleItem().ShouldContain(Id("Orders", "AWS::DynamoDB::Table"));
        ResourcesOf("sns:Publish").ShouldHaveSingleItem().ShouldContain(Id("Customers", "AWS::SNS::Topic"));
        ResourcesOf("states:StartExecution").ShouldHaveSingleItem().ShouldContain("OrderProcessShipping");
        statements.SelectMany(statement => statement!["Action"] is JsonArray several ? several.Select(one => (string)one!) : [(string)statement["Action"]!])
            .Where(action => !Unnamed.Contains(action)).Distinct().Order(StringComparer.Ordinal).ShouldBe(
        [
            "dynamodb:PutItem", "events:DescribeRule", "events:PutRule", "events:PutTargets", "lambda:InvokeFunction", "sns:Publish", "states:DescribeExecution", "states:StartExecution", "states:StopExecution",
        ]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_may_only_write_its_own_log(string name)
    {
        var template = SampleTemplates.Of(name);
        foreach (var function in template.All("AWS::Lambda::Function"))
        {
            var role = template.Root["Resources"]![(string)function["Role"]!["Fn::GetAtt"]![0]!]!["Properties"]!;
            role["ManagedPolicyArns"].ShouldBeNull();
            var statement = role["Policies"]!.AsArray().ShouldHaveSingleItem()!["PolicyDocument"]!["Statement"]!.AsArray().ShouldHaveSingleItem()!;
            statement["Resource"].ToText().ShouldBe($$$"""{"Fn::GetAtt":["{{{(string)function["LoggingConfig"]!["LogGroup"]!["Ref"]!}}}","Arn"]}""");
        }
    }

    // The linter reads a definition with references in it only when they are filled in, and knows ARNs in the partition "aws" only, for which templates make it ignore findings.
    static string WithDefinition(SynthesisedTemplate template)
    {
        var root = JsonNode.Parse(template.Text.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal))!;
        foreach (var (_, resource) in root["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == "AWS::StepFunctions::StateMachine"))
        {
            resource!.AsObject().Remove("Metadata");
            if (resource["Properties"]!["DefinitionString"] is not JsonValue) resource["Properties"]!["DefinitionString"] = new Deployed(template).Definition();
        }

        return root.ToJsonString();
    }

    static string Folder() => Path.Combine(Repository(), "tests", "Orkestra.Cdk.Tests", "Samples", "Approved");

    static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Orkestra.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }

    // What the program is published to differs from build to build: the asset, and the versions of the functions made of it.
    [GeneratedRegex("[0-9a-f]{64}|(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}")]
    private static partial Regex Hashes();
}
