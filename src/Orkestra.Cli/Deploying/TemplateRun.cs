using System.Globalization;
using Orkestra.Cli.Running;
using Orkestra.Deployment;
using Orkestra.Deployment.Descriptions;
using Orkestra.Deployment.Packaging;
using Orkestra.Deployment.Templates;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Deploying;

/// <summary>Makes a template: asks the program what it has, publishes and packs it, and writes what other tools take.</summary>
internal sealed class TemplateRun(TemplateRequest request, ToolStreams streams)
{
    /// <summary>The package, beside the template.</summary>
    public const string PackageFile = "functions.zip";

    const string TemplateFile = "template.json";

    string PackagePath => Path.Combine(request.Output, PackageFile);

    string TemplatePath => Path.Combine(request.Output, TemplateFile);

    /// <exception cref="ToolException">The program cannot be asked.</exception>
    /// <exception cref="DeploymentException">The workflows cannot be deployed as asked.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var project = ProgramRun.Find(request.Project);
        if (project is null || !project.EndsWith("proj", StringComparison.OrdinalIgnoreCase)) throw new ToolException($"'{request.Project}' is no project. Name a project file, or the folder of one.");
        if (!File.Exists(project)) throw new ToolException($"There is no file '{project}'.");
        var assembly = request.IsBuilt ? BuiltProgram.Find(project) : await BuiltProgram.BuildAsync(project, cancellationToken).ConfigureAwait(false);
        var describing = DescribeAsync(assembly, cancellationToken);
        // A program that is published already is packed meanwhile; publishing waits for a program that can be described.
        if (request.Functions is null) await describing.ConfigureAwait(false);
        Directory.CreateDirectory(request.Output);
        var packing = request.HasPackage ? Task.Run(() => PackAsync(Path.GetFullPath(project)), cancellationToken) : Task.FromResult<PackedProgram?>(null);
        await Task.WhenAll(describing, packing).ConfigureAwait(false);
        var workflows = await describing.ConfigureAwait(false);
        var packed = await packing.ConfigureAwait(false);
        var program = packed?.Program ?? new TemplateProgram(request.IsNative ? null : Path.GetFileNameWithoutExtension(assembly), request.IsArm ?? true, "");
        var template = DeploymentTemplate.Make(workflows, program, request.Options);
        if (packed is not null) Check(packed, template);
        await File.WriteAllTextAsync(TemplatePath, template.Text, cancellationToken).ConfigureAwait(false);
        await WritePartsAsync(template, cancellationToken).ConfigureAwait(false);
        await streams.Output.WriteLineAsync(request.IsJson ? Json(template).ToIndentedJson() : Text(template, program)).ConfigureAwait(false);
        return ToolExitCode.Success;
    }

    async Task<IReadOnlyList<WorkflowDescription>> DescribeAsync(string assembly, CancellationToken cancellationToken)
    {
        var wanted = request.Workflows is [var only] ? only : null;
        var all = DescriptionReader.Read(Path.GetFileNameWithoutExtension(assembly), await BuiltProgram.DescribeAsync(assembly, wanted, cancellationToken).ConfigureAwait(false));
        if (request.Workflows.Count < 2) return all;
        return [.. request.Workflows.Distinct().Select(name => all.FirstOrDefault(workflow => workflow.Name == name)
            ?? throw new ToolException($"There is no workflow '{name}': the program has {string.Join(", ", all.Select(workflow => workflow.Name))}."))];
    }

    PublishedProgram Published(string project)
    {
        PublishedProgram program;
        if (request.Functions is { } folder)
        {
            if (!Directory.Exists(folder)) throw new ToolException($"There is no folder '{folder}' for --functions.");
            program = PublishedProgram.In(Path.GetFullPath(folder)) ?? throw new ToolException($"The folder '{folder}' holds no published program: run 'dotnet publish {request.Project} -p:OrkestraLambda=true -o {folder}' first.");
        }
        else
        {
            program = ProjectPublisher.Publish(new PublishRequest(project, request.Configuration, request.IsNative, request.IsArm ?? true, []));
        }

        if (request.IsArm is { } isArm) program.CheckProcessor(isArm);
        program.CheckLibrary();
        return program;
    }

    async Task<PackedProgram?> PackAsync(string project)
    {
        var published = Published(project);
        var asking = Task.Run(() => ProgramStart.ManifestOf(published));
        var hash = FunctionArchive.Write(published.Folder, PackagePath);
        return new PackedProgram(published.Title, new TemplateProgram(published.AssemblyName, request.IsArm ?? published.IsArm ?? true, hash), await asking.ConfigureAwait(false));
    }

    void Check(PackedProgram packed, DeploymentTemplate template)
    {
        if (packed.Manifest is not { } manifest)
        {
            streams.Error.WriteLine($"orkestra: The program {packed.Title} cannot be started on this machine to say whether it holds its functions: it is packed unchecked.");
            return;
        }

        foreach (var machine in template.Machines)
        {
            foreach (var function in machine.Functions) manifest.Check(function.Step.Step, machine.Workflow.Workflow);
        }
    }

    // For tools that take a definition, permissions and settings of functions instead of a template: docs/deploying.md.
    async Task WritePartsAsync(DeploymentTemplate template, CancellationToken cancellationToken)
    {
        var parts = Directory.CreateDirectory(Path.Combine(request.Output, "parts")).FullName;
        foreach (var machine in template.Machines)
        {
            await File.WriteAllTextAsync(Path.Combine(parts, $"{machine.Id}.asl.json"), machine.Workflow.Definition + "\n", cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(parts, $"{machine.Id}.policy.json"), DeploymentTemplate.PolicyOf(machine), cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(parts, $"{machine.Id}.functions.json"), DeploymentTemplate.FunctionsOf(machine), cancellationToken).ConfigureAwait(false);
        }
    }

    JsonObject Json(DeploymentTemplate template) => JsonObject.Create(
        ("template", TemplatePath),
        ("package", request.HasPackage ? (JsonValue)PackagePath : JsonValue.Null),
        ("stateMachines", JsonArray.Create([.. template.Machines.Select(machine => (JsonValue)machine.Id)])),
        ("functions", template.Machines.Sum(machine => machine.Functions.Count)),
        ("parameters", JsonArray.Create([.. template.ParameterNames.Select(parameter => (JsonValue)parameter)])));

    string Text(DeploymentTemplate template, TemplateProgram program)
    {
        var functions = template.Machines.Sum(machine => machine.Functions.Count);
        var lines = new List<string> { $"{TemplatePath}: {Count(template.Machines.Count, "state machine")}, {Count(functions, "function")}" };
        if (request.HasPackage)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{PackagePath}: {new FileInfo(PackagePath).Length / 1024} KB, for {(program.AssemblyName is null ? FunctionDefaults.NativeRuntime : FunctionDefaults.ManagedRuntime)} on {(program.IsArm ? "arm64" : "x86_64")}"));
        lines.Add("Deploy with the AWS CLI:");
        var name = template.Machines[0].Id;
        var deployed = TemplatePath;
        if (request.Options.CodePath is null)
        {
            lines.Add($"  aws s3 cp {PackagePath} s3://BUCKET/{name}-{program.Hash}.zip");
        }
        else
        {
            deployed = Path.Combine(request.Output, "packaged.json");
            lines.Add($"  aws cloudformation package --template-file {TemplatePath} --s3-bucket BUCKET --use-json --output-template-file {deployed}");
        }

        string[] values = [.. template.ParameterNames.Select(parameter => parameter switch
        {
            "CodeBucket" => "CodeBucket=BUCKET",
            "CodeKey" => $"CodeKey={name}-{program.Hash}.zip",
            _ => $"{parameter}=VALUE",
        })];
        lines.Add($"  aws cloudformation deploy --template-file {deployed} --stack-name {name} --s3-bucket BUCKET --capabilities CAPABILITY_IAM{(values.Length > 0 ? $" --parameter-overrides {string.Join(' ', values)}" : "")}");
        return string.Join('\n', lines);
    }

    static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
