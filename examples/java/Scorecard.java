import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A scorecard from Java 17 through JNA, in coarse calls: whole columns of dates, whole tables, JSON back.
 *
 * <pre>java -cp jna.jar -Djna.library.path=PREFIX/lib Scorecard.java FOLDER</pre>
 */
public final class Scorecard {
    /** The functions of csc_measures.h that are called here. */
    interface CscMeasures extends Library {
        int csc_abi_version();

        int csc_error_status(Pointer error);

        Pointer csc_error_message(Pointer error);

        void csc_error_free(Pointer error);

        void csc_text_free(Pointer text);

        int csc_calendar_new(int nation, PointerByReference calendar, PointerByReference error);

        void csc_calendar_free(Pointer calendar);

        int csc_calendar_working_days_between_column(
                Pointer calendar, int[] starts, int[] ends, SizeT length, int[] days, PointerByReference error);

        int csc_clock_due(String clock, Pointer calendar, int start, IntByReference due, PointerByReference error);

        int csc_dataset_builder_new(PointerByReference builder, PointerByReference error);

        void csc_dataset_builder_free(Pointer builder);

        int csc_dataset_builder_add_csv(
                Pointer builder, String table, Pointer csv, SizeT length, PointerByReference error);

        int csc_dataset_builder_build(Pointer builder, PointerByReference dataset, PointerByReference error);

        void csc_dataset_free(Pointer dataset);

        int csc_dataset_due_list_json(Pointer dataset, int asAt, String options, String filter,
                PointerByReference dueList, PointerByReference error);

        int csc_scorecard_run(Pointer dataset, String from, String to, String options,
                PointerByReference scorecard, PointerByReference error);

        int csc_scorecard_results_json(Pointer scorecard, PointerByReference results, PointerByReference error);

        void csc_scorecard_free(Pointer scorecard);
    }

    /** A size_t. */
    public static final class SizeT extends com.sun.jna.IntegerType {
        public SizeT() {
            this(0);
        }

        public SizeT(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

    /** A call that failed. */
    static final class CscException extends RuntimeException {
        final int status;

        CscException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    /** A call: it is given a place for its error. */
    interface Call {
        int with(PointerByReference error);
    }

    private static final CscMeasures CSC =
            Native.load("csc_measures", CscMeasures.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

    static void done(Call call) {
        PointerByReference error = new PointerByReference();
        int status = call.with(error);
        if (status != 0) {
            String message = CSC.csc_error_message(error.getValue()).getString(0, "UTF-8");
            CSC.csc_error_free(error.getValue());
            throw new CscException(status, message);
        }
    }

    /** A text that the library wrote, as a string; the library's is freed. */
    static String text(PointerByReference written) {
        try {
            return written.getValue().getString(0, "UTF-8");
        } finally {
            CSC.csc_text_free(written.getValue());
        }
    }

    static int day(String date) {
        return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    }

    public static void main(String[] arguments) throws IOException {
        PointerByReference made = new PointerByReference();
        done(error -> CSC.csc_calendar_new(0, made, error));
        Pointer calendar = made.getValue();

        // A column at a time: crossing the edge costs more than counting.
        int[] starts = {day("2017-03-01"), day("2017-03-03"), day("2017-04-13")};
        int[] ends = {day("2017-03-31"), day("2017-03-04"), day("2017-04-18")};
        int[] days = new int[starts.length];
        done(error -> CSC.csc_calendar_working_days_between_column(
                calendar, starts, ends, new SizeT(starts.length), days, error));
        System.out.println("working days: " + Arrays.toString(days));

        IntByReference due = new IntByReference();
        done(error -> CSC.csc_clock_due("cp_visit", calendar, day("2017-03-29"), due, error));
        System.out.println("the next visit is due on " + LocalDate.ofEpochDay(due.getValue()));
        try {
            done(error -> CSC.csc_clock_due("cp_vist", calendar, day("2017-03-29"), due, error));
        } catch (CscException error) {
            System.out.println("status " + error.status + ": " + error.getMessage());
        }
        CSC.csc_calendar_free(calendar);

        done(error -> CSC.csc_dataset_builder_new(made, error));
        Pointer builder = made.getValue();
        for (String table : new String[] {"persons", "cp_plans", "cp_visits"}) {
            byte[] csv = Files.readAllBytes(Path.of(arguments[0], table + ".csv"));
            Memory memory = new Memory(csv.length);
            memory.write(0, csv, 0, csv.length);
            done(error -> CSC.csc_dataset_builder_add_csv(builder, table, memory, new SizeT(csv.length), error));
        }
        done(error -> CSC.csc_dataset_builder_build(builder, made, error));
        CSC.csc_dataset_builder_free(builder);
        Pointer dataset = made.getValue();

        done(error -> CSC.csc_scorecard_run(
                dataset, "2020-01", "2020-03", "{\"measures\": [\"O3.M4\"]}", made, error));
        Pointer scorecard = made.getValue();
        done(error -> CSC.csc_scorecard_results_json(scorecard, made, error));
        String results = text(made);
        int from = results.lastIndexOf("{\"measure\":\"O3.M4\"");
        System.out.println(results.substring(from, results.indexOf(",\"unit\"", from)) + "}");
        CSC.csc_scorecard_free(scorecard);

        done(error -> CSC.csc_dataset_due_list_json(
                dataset, day("2020-03-31"), null, "{\"within\": 5, \"clocks\": [\"cp_visit\"]}", made, error));
        String list = text(made);
        long visits = Stream.of(list.split("\"clock\":")).filter(rest -> rest.startsWith("\"cp_visit\"")).count();
        System.out.println(visits + " visits are due by 7 April 2020");
        CSC.csc_dataset_free(dataset);
    }
}
