
namespace Orkestra.Deployment.Permissions;

/// <summary>
/// What waiting for a job takes: Step Functions asks for the job's status, stops it when the execution is stopped, and for some services learns of its end through a rule of EventBridge that it
/// manages itself (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync).
/// </summary>
internal sealed class JobGrants(ResourceArns arns)
{
    const string Any = "*";

    public IEnumerable<Grant> Of(ServiceCall call)
    {
        var arguments = call.Arguments;
        return (call.Service, call.Operation) switch
        {
            ("states", "startExecution") => [
                ServiceGrants.Allow(["states:DescribeExecution", "states:StopExecution"], Executions(arguments["StateMachineArn"])),
                Rule("StepFunctionsGetEventsForStepFunctionsExecutionRule")],
            // Identifiers of tasks and jobs are not known before they run.
            ("ecs", _) => [ServiceGrants.Allow(["ecs:StopTask", "ecs:DescribeTasks"], Any), Rule("StepFunctionsGetEventsForECSTaskRule")],
            ("batch", _) => [ServiceGrants.Allow(["batch:DescribeJobs", "batch:TerminateJob"], Any), Rule("StepFunctionsGetEventsForBatchJobsRule")],
            ("glue", _) => [ServiceGrants.Allow(["glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"], arns.Of("glue", "job", arguments["JobName"]))],
            ("athena", _) => [ServiceGrants.Allow(["athena:StopQueryExecution", "athena:GetQueryExecution"], arns.Of("athena", "workgroup", arguments["WorkGroup", "primary"]))],
            ("bedrock", "createModelCustomizationJob") => [
                ServiceGrants.Allow(["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"], arns.Of("bedrock", "model-customization-job", null))],
            ("bedrock", _) => [],
            ("codebuild", "startBuildBatch") => [
                ServiceGrants.Allow(["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"], arns.Of("codebuild", "project", arguments["ProjectName"])),
                Rule("StepFunctionsGetEventForCodeBuildStartBuildBatchRule")],
            ("codebuild", _) => [
                ServiceGrants.Allow(["codebuild:StopBuild", "codebuild:BatchGetBuilds", "codebuild:BatchGetReports"], arns.Of("codebuild", "project", arguments["ProjectName"]), arns.Of("codebuild", "report-group", null)),
                Rule("StepFunctionsGetEventForCodeBuildStartBuildRule")],
            ("databrew", _) => [ServiceGrants.Allow(["databrew:ListJobRuns", "databrew:StopJobRun"], arns.Of("databrew", "job", arguments["Name"]))],
            ("sagemaker", "createTrainingJob") => [Job("TrainingJob"), Tags(), Rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule")],
            ("sagemaker", "createTransformJob") => [Job("TransformJob"), Tags(), Rule("StepFunctionsGetEventsForSageMakerTransformJobsRule")],
            ("sagemaker", "createProcessingJob") => [Job("ProcessingJob"), Tags(), Rule("StepFunctionsGetEventsForSageMakerProcessingJobsRule")],
            ("sagemaker", "createHyperParameterTuningJob") => [Job("HyperParameterTuningJob"), Tags(), Rule("StepFunctionsGetEventsForSageMakerTuningJobsRule")],
            ("sagemaker", "createLabelingJob") => [Job("LabelingJob"), Tags(), Rule("StepFunctionsGetEventsForSageMakerLabelingJobsRule")],
            ("elasticmapreduce", "createCluster") => [
                ServiceGrants.Allow(["elasticmapreduce:RunJobFlow", "elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"], Any),
                Rule("StepFunctionsGetEventForEMRRunJobFlowRule")],
            ("elasticmapreduce", "addStep") => [
                ServiceGrants.Allow(["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"], arns.Of("elasticmapreduce", "cluster", arguments["ClusterId"])),
                Rule("StepFunctionsGetEventForEMRAddJobFlowStepsRule")],
            ("elasticmapreduce", "terminateCluster") => [
                ServiceGrants.Allow(["elasticmapreduce:TerminateJobFlows", "elasticmapreduce:DescribeCluster"], arns.Of("elasticmapreduce", "cluster", arguments["ClusterId"])),
                Rule("StepFunctionsGetEventForEMRTerminateJobFlowsRule")],
            ("emr-containers", "startJobRun") => [
                ServiceGrants.Allow(["emr-containers:DescribeJobRun", "emr-containers:CancelJobRun"], $"{arns.Of("emr-containers", "/virtualclusters", arguments["VirtualClusterId"])}/jobruns/*")],
            ("emr-containers", _) => [ServiceGrants.Allow(["emr-containers:DescribeVirtualCluster"], arns.Of("emr-containers", "/virtualclusters", arguments["VirtualClusterId"]))],
            ("emr-serverless", "startJobRun") => [
                ServiceGrants.Allow(["emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"], $"{arns.Of("emr-serverless", "/applications", arguments["ApplicationId"])}/jobruns/*"),
                Rule("StepFunctionsGetEventsForEMRServerlessJobRule")],
            ("emr-serverless", _) => [
                ServiceGrants.Allow(["emr-serverless:GetApplication"], arns.Of("emr-serverless", "/applications", arguments["ApplicationId"])), Rule("StepFunctionsGetEventsForEMRServerlessApplicationRule")],
            ("mediaconvert", _) => [ServiceGrants.Allow(["mediaconvert:GetJob", "mediaconvert:CancelJob"], arns.Of("mediaconvert", "jobs", null)), Rule("StepFunctionsGetEventsForMediaConvertJobRule")],
            ("eks", "createCluster" or "deleteCluster") => [ServiceGrants.Allow(["eks:DescribeCluster", "eks:DeleteCluster"], arns.Of("eks", "cluster", arguments["Name"]))],
            ("eks", "createFargateProfile" or "deleteFargateProfile") => [ServiceGrants.Allow(["eks:DescribeFargateProfile", "eks:DeleteFargateProfile"], Any)],
            ("eks", "createNodegroup" or "deleteNodegroup") => [ServiceGrants.Allow(["eks:DescribeNodegroup", "eks:DeleteNodegroup"], Any)],
            // A job of Kubernetes runs with the rights that the cluster itself gives to the role.
            ("eks", _) => [],
            _ => throw new DeploymentException($"It is not known what waiting for {call.Service}:{call.Operation} has to be allowed: say it with PermissionsFor of the CDK package."),
        };

        Grant Job(string kind) => ServiceGrants.Allow([$"sagemaker:Describe{kind}", $"sagemaker:Stop{kind}"], Any);

        Grant Tags() => ServiceGrants.Allow(["sagemaker:AddTags", "sagemaker:ListTags"], Any);
    }

    Grant Rule(string name) => ServiceGrants.Allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], arns.Of("events", "rule", name));

    // arn:…:stateMachine:NAME becomes arn:…:execution:NAME:*
    string Executions(string? machine)
    {
        const string kind = ":stateMachine:";
        if (machine is null) return arns.OfColons("states", "execution", "*:*");
        if (arns.NameIn(machine) is { } name) return arns.OfColons("states", "execution", $"{name}:*");
        return machine.Contains(kind, StringComparison.Ordinal) ? $"{machine.Replace(kind, ":execution:", StringComparison.Ordinal)}:*" : arns.OfColons("states", "execution", $"{machine}:*");
    }
}
