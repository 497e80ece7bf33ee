using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>Reads states.</summary>
internal static class StateReader
{
    const string Types = "Pass, Task, Choice, Wait, Succeed, Fail, Parallel or Map";

    internal static State Read(AslSource source, SourceNode node, string location)
    {
        if (node.Kind != JsonKind.Object)
        {
            source.Error("WRONG_TYPE", $"A state is an object, not {Words.For(node.Kind)}.", node.Offset, location);
            return new UnknownState { Value = node.Value };
        }

        var reader = new ElementReader(source, node, location);
        State? state = node.Find("Type")?.Text switch
        {
            "Pass" => Pass(reader),
            "Task" => Task(reader),
            "Choice" => Choice(reader),
            "Wait" => Wait(reader),
            "Succeed" => new SucceedState(),
            "Fail" => Fail(reader),
            "Parallel" => Parallel(reader),
            "Map" => Map(reader),
            _ => null,
        };
        if (state is null) return Unknown(source, node, location);
        reader.Skip("Type");
        return state with
        {
            Comment = reader.Text("Comment"),
            QueryLanguage = reader.QueryLanguage("QueryLanguage"),
            InputPath = reader.Path("InputPath"),
            OutputPath = reader.Path("OutputPath"),
            Output = reader.Any("Output"),
            Assign = reader.Object("Assign"),
            Next = reader.Text("Next"),
            End = reader.Boolean("End"),
            Extensions = reader.Rest(),
        };
    }

    static UnknownState Unknown(AslSource source, SourceNode node, string location)
    {
        if (node.Find("Type") is { } type)
            source.Error("UNKNOWN_STATE_TYPE", $"The field 'Type' is {Types}, not {type.Value.ToJson()}.", type.Offset, $"{location}/Type");
        else
            source.Error("UNKNOWN_STATE_TYPE", $"The state has no field 'Type': {Types}.", node.Offset, location);
        return new UnknownState { Value = node.Value };
    }

    static PassState Pass(ElementReader reader) => new()
    {
        Result = reader.Any("Result"),
        Parameters = reader.Any("Parameters"),
        ResultPath = reader.Path("ResultPath"),
    };

    static TaskState Task(ElementReader reader) => new()
    {
        Resource = reader.Text("Resource"),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        Credentials = reader.Any("Credentials"),
        TimeoutSeconds = reader.NumberOrExpression("TimeoutSeconds"),
        TimeoutSecondsPath = reader.Text("TimeoutSecondsPath"),
        HeartbeatSeconds = reader.NumberOrExpression("HeartbeatSeconds"),
        HeartbeatSecondsPath = reader.Text("HeartbeatSecondsPath"),
        ResultSelector = reader.Any("ResultSelector"),
        ResultPath = reader.Path("ResultPath"),
        Retry = reader.Elements("Retry", GraphReader.Retrier),
        Catch = reader.Elements("Catch", GraphReader.Catcher),
    };

    static ChoiceState Choice(ElementReader reader) => new()
    {
        Choices = reader.Elements("Choices", RuleReader.Read),
        Default = reader.Text("Default"),
    };

    static WaitState Wait(ElementReader reader) => new()
    {
        Seconds = reader.NumberOrExpression("Seconds"),
        SecondsPath = reader.Text("SecondsPath"),
        Timestamp = reader.Text("Timestamp"),
        TimestampPath = reader.Text("TimestampPath"),
    };

    static FailState Fail(ElementReader reader) => new()
    {
        Error = reader.Text("Error"),
        ErrorPath = reader.Text("ErrorPath"),
        Cause = reader.Text("Cause"),
        CausePath = reader.Text("CausePath"),
    };

    static ParallelState Parallel(ElementReader reader) => new()
    {
        Branches = reader.Elements("Branches", GraphReader.Branch),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        ResultSelector = reader.Any("ResultSelector"),
        ResultPath = reader.Path("ResultPath"),
        Retry = reader.Elements("Retry", GraphReader.Retrier),
        Catch = reader.Elements("Catch", GraphReader.Catcher),
    };

    static MapState Map(ElementReader reader) => new()
    {
        Items = reader.Any("Items"),
        ItemsPath = reader.Path("ItemsPath"),
        ItemSelector = reader.Any("ItemSelector"),
        Parameters = reader.Any("Parameters"),
        ItemReader = reader.Element("ItemReader", GraphReader.ItemReader),
        ItemBatcher = reader.Element("ItemBatcher", GraphReader.ItemBatcher),
        ResultWriter = reader.Element("ResultWriter", GraphReader.ResultWriter),
        ItemProcessor = reader.Element("ItemProcessor", GraphReader.ItemProcessor),
        Iterator = reader.Element("Iterator", GraphReader.ItemProcessor),
        MaxConcurrency = reader.NumberOrExpression("MaxConcurrency"),
        MaxConcurrencyPath = reader.Text("MaxConcurrencyPath"),
        ToleratedFailureCount = reader.NumberOrExpression("ToleratedFailureCount"),
        ToleratedFailureCountPath = reader.Text("ToleratedFailureCountPath"),
        ToleratedFailurePercentage = reader.NumberOrExpression("ToleratedFailurePercentage"),
        ToleratedFailurePercentagePath = reader.Text("ToleratedFailurePercentagePath"),
        Label = reader.Text("Label"),
        ResultSelector = reader.Any("ResultSelector"),
        ResultPath = reader.Path("ResultPath"),
        Retry = reader.Elements("Retry", GraphReader.Retrier),
        Catch = reader.Elements("Catch", GraphReader.Catcher),
    };
}
