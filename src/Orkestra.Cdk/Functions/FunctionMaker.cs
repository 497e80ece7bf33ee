using System.Runtime.CompilerServices;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Deployment;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk.Functions;

/// <summary>Makes the function of a step, one in a scope however often the step is used there.</summary>
internal static class FunctionMaker
{
    static readonly ConditionalWeakTable<Construct, Dictionary<string, (IStep Step, Function Function)>> Made = [];

    /// <summary>The function of a step in a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="step">The step.</param>
    /// <param name="own">Props for this function.</param>
    /// <param name="forAll">Props for all functions, which the step's own options come before.</param>
    /// <param name="workflow">The workflow the program knows the step by, or null for a step alone.</param>
    public static Function Make(Construct scope, IStep step, StepFunctionProps? own, StepFunctionProps? forAll = null, Workflow? workflow = null)
    {
        var id = own?.Id ?? step.FunctionName + "Function";
        var made = Made.GetOrCreateValue(scope);
        if (made.TryGetValue(id, out var there))
        {
            return there.Step.SameFunctionAs(step) ? there.Function : throw new SynthesisException(own?.Id is { } same && there.Step.Name != step.Name
                ? $"The functions of '{there.Step.Name}' and '{step.Name}' both have the id '{same}' in the scope {scope.Node.Path}: give each its own Id, or none."
                : $"Two different steps named '{step.Name}' are in the scope {scope.Node.Path}: give one of them another Name, an Id for its function, or another scope.");
        }

        var function = Make(scope, id, step, FunctionPlan.Of(step, own, forAll), workflow);
        made.Add(id, (step, function));
        return function;
    }

    /// <summary>Lets a state machine call a function.</summary>
    // Executions that began before a deployment call the versions of then, whose numbers are not known now.
    public static PolicyStatement MayCall(Function function, bool versions) => new(new PolicyStatementProps
    {
        Actions = ["lambda:InvokeFunction"],
        Resources = [versions ? $"{function.FunctionArn}:*" : function.FunctionArn],
    });

    static Function Make(Construct scope, string id, IStep step, StepFunctionProps plan, Workflow? workflow)
    {
        var package = plan.Package ?? FunctionPackage.Of(scope) ?? throw new SynthesisException(
            $"It is not said which program holds the step '{step.Name}': call UseFunctions(new FunctionPackage(\"../MyFunctions\")) on the app or the stack, or set Package.");
        var known = workflow is not null && IsInProgram(workflow) ? workflow : null;
        var code = package.CodeFor(scope, plan.Architecture is { } asked ? asked == Architecture.ARM_64 : null, step, known);
        // A GB-second costs a fifth less on arm64 than on x86_64: https://aws.amazon.com/lambda/pricing/
        plan.Architecture ??= code.Program.IsArm == false ? Architecture.X86_64 : Architecture.ARM_64;
        if (known is not null) CheckHolds(code.Program, step, known);
        if (code.IsChecked) Refusals.Of(() => CheckStarts(scope, code.Program, step, known));
        var name = known is not null ? $"{known.Name}.{step.FunctionName}" : step.FunctionName;
        var logs = plan.LogGroup ?? new LogGroup(scope, id + "Logs", new LogGroupProps { Retention = plan.LogRetention ?? RetentionDays.ONE_MONTH });
        var props = StructCopy.Fill(plan, new FunctionProps
        {
            Runtime = code.Program.IsNative ? Runtime.PROVIDED_AL2023 : new Runtime(FunctionDefaults.ManagedRuntime, RuntimeFamily.DOTNET_CORE),
            Handler = code.Program.AssemblyName ?? name,
            Code = code.Asset,
            LogGroup = logs,
            Role = plan.Role ?? MakeRole(scope, id, logs, plan.Vpc is not null),
        });
        // CDK would make a custom resource for it; the log group keeps it by itself.
        props.LogRetention = null;
        props.Environment = Environment(plan, code.Program.IsNative ? null : name);
        UniqueNames.Take(scope, "functions", props.FunctionName, $"{scope.Node.Path}/{id}", "set another FunctionName for one of them, or leave it out");
        var function = new Function(scope, id, props);
        function.Node.AddValidation(new EventSourceValidation(step, function));
        return function;
    }

    static Dictionary<string, string>? Environment(StepFunctionProps plan, string? step)
    {
        var variables = new Dictionary<string, string>(plan.Environment ?? new Dictionary<string, string>());
        if (step is not null) variables[FunctionDefaults.StepVariable] = step;
        if (plan.Observability is { } on) variables.TryAdd(FunctionDefaults.ObservabilityVariable, on ? "true" : "false");
        return variables.Count > 0 ? variables : null;
    }

    // A workflow that is composed with constructs cannot be in the program, which then knows its steps by their own names.
    static bool IsInProgram(Workflow workflow) =>
        workflow.GetType().Assembly.GetReferencedAssemblies().All(reference => reference.Name != typeof(FunctionMaker).Assembly.GetName().Name);

    static void CheckHolds(PublishedProgram program, IStep step, Workflow workflow)
    {
        var name = workflow.GetType().Assembly.GetName().Name!;
        if (!program.Has(name))
            throw new SynthesisException($"The program in {program.Folder} does not hold the step '{step.Name}': it lacks {name}.dll, where {workflow.Name} is; name the project that has it, or publish it again.");
    }

    static void CheckStarts(Construct scope, PublishedProgram program, IStep step, Workflow? workflow)
    {
        if (ProgramStart.ManifestOf(program) is { } manifest)
        {
            manifest.Check(step, workflow);
            return;
        }

        Annotations.Of(scope).AddWarningV2(
            "orkestra:unchecked",
            $"The program {program.Title} cannot be started on this machine to say whether it holds its functions: write {ProgramManifest.FileName} beside it where it was published, with 'ORKESTRA_MANIFEST={ProgramManifest.FileName} ./bootstrap'.");
    }

    static Role MakeRole(Construct scope, string id, ILogGroup logs, bool inVpc)
    {
        var policies = new Dictionary<string, PolicyDocument>
        {
            ["Logs"] = Allow([logs.LogGroupArn], "logs:CreateLogStream", "logs:PutLogEvents"),
        };
        // Network interfaces have no names before they are made: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
        if (inVpc)
        {
            policies["Network"] = Allow(
                ["*"],
                "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses");
        }

        return new Role(scope, id + "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com"), InlinePolicies = policies });
    }

    static PolicyDocument Allow(string[] resources, params string[] actions) => new(new PolicyDocumentProps
    {
        Statements = [new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources })],
    });
}
